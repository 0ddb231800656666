import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@hourglass/postgres/server'

/** A real PostgreSQL for tests: `url` is its superuser's, without a database. */
export type TestServer = { url: string; stop: () => Promise<void> }

let shared: Promise<TestServer> | null = null

/**
 * The server of this process: the one that `HOURGLASS_TEST_POSTGRES_URL` names, else one of its own that ends with the process.
 */
export function sharedPostgres(): Promise<TestServer> {
  const given = process.env.HOURGLASS_TEST_POSTGRES_URL
  shared ??= given ? Promise.resolve({ url: given, stop: async () => {} }) : startTestServer()
  return shared
}

/** Starts a PostgreSQL of its own in a temporary folder, with durable commits as in production, on a free loopback port. */
export async function startTestServer(): Promise<TestServer> {
  const parent = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  // The server runs as the user `postgres` when root starts it, and must be able to walk there.
  chmodSync(parent, 0o755)
  const server = await startPostgres(parent, 'test', { maxConnections: 300 })
  stopWithThisProcess(server.pid, parent)
  return {
    url: `postgres://postgres:test@127.0.0.1:${server.port}`,
    stop: async () => {
      await server.stop()
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

/**
 * Leaves a shell that waits on a pipe from this process and, when the pipe breaks, ends the server and removes its folder:
 * the test runner calls no exit handlers, and a killed process cannot.
 */
function stopWithThisProcess(pid: number, folder: string): void {
  const script =
    'cat > /dev/null; kill -QUIT "$1" 2> /dev/null; while kill -0 "$1" 2> /dev/null; do sleep 0.1; done; rm -rf "$2"'
  const watcher = Bun.spawn(['sh', '-c', script, 'sh', String(pid), folder], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
  })
  watcher.unref()
}
