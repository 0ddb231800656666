import { rmSync } from 'node:fs'
import { startPostgres } from '@hourglass/servers/postgres'
import { endWithThisProcess } from '@hourglass/servers/watcher'
import { temporaryFolder } from './folder'

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
  const parent = temporaryFolder()
  const server = await startPostgres(parent, 'test', { maxConnections: 300 })
  endWithThisProcess(server.pid, { signal: 'QUIT', folder: parent })
  return {
    url: `postgres://postgres:test@127.0.0.1:${server.port}`,
    stop: async () => {
      await server.stop()
      rmSync(parent, { recursive: true, force: true })
    },
  }
}
