import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { findFreePort } from '../free-port'
import { Problem } from '../problem'
import { endProcess, startOf } from '../process/identity'
import { assertReachable, findServerUser, type ServerUser } from '../process/server-user'
import { type Binaries, findBinaries } from './binaries'

/** A running PostgreSQL of our own. */
export type PostgresServer = {
  port: number
  pid: number
  /** Resolves when it has ended, asked to or not. */
  ended: Promise<void>
  stop: () => Promise<void>
}

export type PostgresOptions = {
  maxConnections?: number
  port?: number
  /** Beside ours, as `name=value`. */
  settings?: readonly string[]
  environment?: Readonly<Record<string, string>>
}

/** The durable defaults of PostgreSQL are kept: a commit is on disk when it is acknowledged. */
const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'log_timezone=UTC']

/**
 * Starts the database of a data folder, making it first if there is none, on a free port of 127.0.0.1. One that a killed
 * program left running is stopped properly before. Throws a Problem when the folder is damaged.
 */
export async function startPostgres(
  folder: string,
  password: string,
  options: PostgresOptions = {},
): Promise<PostgresServer> {
  const data = join(folder, 'postgres')
  const log = join(folder, 'postgres.log')
  const user = findServerUser()
  const binaries = await findBinaries(user)
  assertReachable(user, data)
  await stopOrphan(data)
  if (!existsSync(data) || readdirSync(data).length === 0) await initialise(binaries, user, data, folder, password)
  assertWhole(data)
  const port = options.port ?? (await findFreePort())
  const child = launch(binaries, user, data, { ...options, port }, log)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await waitUntilReady(child, port, password, log)
  return {
    port,
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      const pid = child.pid
      if (pid === undefined) return
      // Fast shutdown: connections are cut, everything is written. Immediate only if that hangs; the log mends it.
      if (!(await endProcess(pid, 'SIGINT', 10_000))) await endProcess(pid, 'SIGQUIT', 5_000)
    },
  }
}

async function initialise(
  { initdb }: Binaries,
  user: ServerUser,
  data: string,
  folder: string,
  password: string,
): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const passwordFile = join(data, '..', 'initdb-password')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid)
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C',
  ]
  try {
    const { exitCode, errors } = await run(initdb, args, user)
    if (exitCode !== 0) throw new Problem(`PostgreSQL could not make its database in ${folder}: ${lastLine(errors)}`)
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function launch(
  { postgres: program }: Binaries,
  user: ServerUser,
  data: string,
  { port, maxConnections = 100, settings: more = [], environment = {} }: PostgresOptions & { port: number },
  log: string,
): ChildProcess {
  const output = openSync(log, 'a')
  const all = [...settings, `max_connections=${maxConnections}`, ...more]
  const args = ['-D', data, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])]
  // A group of its own: Ctrl-C reaches us alone, and we stop the database after those who use it.
  const child = spawn(program, args, {
    ...user,
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...serverEnvironment, ...environment },
  })
  child.unref()
  return child
}

/** Locale and time zone of the shell are not the server's. */
const serverEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }

async function waitUntilReady(child: ChildProcess, port: number, password: string, log: string): Promise<void> {
  const giveUpAt = performance.now() + 30_000
  let hasEnded = false
  child.once('exit', () => {
    hasEnded = true
  })
  while (!hasEnded && performance.now() < giveUpAt) {
    const sql = postgres(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, { max: 1, connect_timeout: 2 })
    try {
      await sql`select 1`
      return
    } catch {
      await Bun.sleep(30)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
  if (!hasEnded && child.pid !== undefined) await endProcess(child.pid, 'SIGQUIT', 5_000)
  throw damaged(join(log, '..'), lastLine(readFileSync(log, 'utf8')))
}

/** A folder that is not a whole database of this version, before the server is asked to make something of it. */
function assertWhole(data: string): void {
  const file = join(data, 'PG_VERSION')
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : null
  if (version === '18') return
  const why =
    version === null ? 'PG_VERSION is missing' : `it was made by PostgreSQL ${version.slice(0, 20)}, this is 18`
  throw damaged(join(data, '..'), why)
}

const damaged = (folder: string, why: string): Problem =>
  new Problem(
    `The database in ${folder} cannot be started (${why}). Restore the folder from a backup, or start afresh with --reset (this deletes all data).`,
  )

/** Stops a server that still runs on the folder: its program was killed and could not. */
async function stopOrphan(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const [pidText = '', folder = ''] = readFileSync(file, 'utf8').split('\n')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 1 || folder.trim() !== data) return
  const isAlive = startOf(pid) !== null && isPostgres(pid)
  if (isAlive && !(await endProcess(pid, 'SIGINT', 10_000)) && !(await endProcess(pid, 'SIGQUIT', 5_000))) {
    throw new Problem(
      `A PostgreSQL from before (process ${pid}) still runs on ${data} and does not stop. End it first.`,
    )
  }
  // The next one takes whatever has the number for its predecessor, a process that only waits to be reaped included.
  rmSync(file, { force: true })
}

function isPostgres(pid: number): boolean {
  const { stdout } = Bun.spawnSync(['ps', '-o', 'args=', '-p', String(pid)])
  return stdout.toString().includes('postgres')
}

function run(program: string, args: string[], user: ServerUser): Promise<{ exitCode: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...user, stdio: ['ignore', 'ignore', 'pipe'], env: serverEnvironment })
    let errors = ''
    child.stderr.on('data', (bytes) => {
      errors += String(bytes)
    })
    child.once('error', reject)
    child.once('close', (exitCode) => resolve({ exitCode, errors }))
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 300) ?? 'it said nothing'
