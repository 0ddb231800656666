import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { freePort } from '@hourglass/testing/ports'

/** The real program, on a data folder of its own, as a process that can be killed like any other. */
export type Program = {
  readonly url: string
  /** Where its `/metrics` are, in the shape `single`. */
  readonly metricsUrl: string
  readonly dataFolder: string
  readonly admin: { email: string; password: string }
  /** Its process id; `null` while it does not run. */
  readonly pid: number | null
  /** Starts it if it does not run. Does not wait until it serves. */
  launch(): void
  /** Resolves when it is ready to serve. Throws with what it said when it ended instead, or took longer than `withinMs`. */
  untilReady(withinMs?: number): Promise<void>
  /** SIGKILL to the program alone: its PostgreSQL stays behind. Resolves when it is gone. */
  kill(): Promise<void>
  /** SIGKILL to the PostgreSQL of its folder; its backends end by themselves. Answers whether there was one. */
  killPostgres(): boolean
  /** SIGTERM, as whoever runs it stops it. Resolves with its exit code. */
  stop(): Promise<number | null>
  /** Ends whatever still runs on the folder, and deletes the folder. */
  end(): Promise<void>
  /** What it has written so far. */
  output(): string
}

const main = join(import.meta.dir, '../../../apps/hourglass/src/main.ts')

/** `stack`: each service a process of its own, on the real stores. The tests that are asked to run on it are the same. */
export type Shape = 'single' | 'stack'
const shapeAsked: Shape = process.env.HOURGLASS_SHAPE === 'stack' ? 'stack' : 'single'

/** Makes the data folder and chooses the ports; `launch` starts the program, with `further` options of its command line. */
export async function createProgram(
  environment: Record<string, string> = {},
  shape: Shape = shapeAsked,
  further: readonly string[] = [],
): Promise<Program> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hourglass-program-'))
  // PostgreSQL runs as another user when root starts it, and must be able to walk there.
  chmodSync(dataFolder, 0o755)
  const [port, metricsPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const { HOURGLASS_ADMIN_EMAIL, HOURGLASS_ADMIN_PASSWORD } = environment
  const admin = {
    email: HOURGLASS_ADMIN_EMAIL ?? 'admin@school.example',
    password: HOURGLASS_ADMIN_PASSWORD ?? 'the first admin of a test',
  }
  const watcher = cleanUpAfterThisProcess(dataFolder)
  const log = join(dataFolder, 'program.log')
  let running: Bun.Subprocess | null = null

  const hasEnded = () => !running || running.exitCode !== null || running.signalCode !== null
  const output = () => (existsSync(log) ? readFileSync(log, 'utf8') : '')
  const end = async (signal: NodeJS.Signals) => {
    running?.kill(signal)
    return (await running?.exited) ?? null
  }
  return {
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}`,
    dataFolder,
    admin,
    get pid() {
      return hasEnded() ? null : (running?.pid ?? null)
    },
    launch() {
      if (!hasEnded()) return
      const options = [
        '--data',
        dataFolder,
        '--port',
        `${port}`,
        '--metrics-port',
        `${metricsPort}`,
        '--public-url',
        url,
        ...further,
      ]
      const command = shape === 'stack' ? ['stack', '--empty'] : ['start']
      running = Bun.spawn(['sh', '-c', 'exec "$@" >> "$0" 2>&1', log, process.execPath, main, ...command, ...options], {
        stdio: ['ignore', 'ignore', 'ignore'],
        env: {
          PATH: process.env.PATH ?? '',
          HOME: process.env.HOME ?? '',
          NODE_ENV: 'production',
          HOURGLASS_ADMIN_EMAIL: admin.email,
          HOURGLASS_ADMIN_PASSWORD: admin.password,
          ...environment,
        },
      })
    },
    async untilReady(withinMs = 60_000) {
      const giveUpAt = performance.now() + withinMs
      while (performance.now() < giveUpAt) {
        if (hasEnded()) throw new Error(`the program ended instead of serving:\n${output().slice(-4_000)}`)
        if (await isReady(url)) return
        await Bun.sleep(30)
      }
      throw new Error(`the program was not ready within ${withinMs} ms:\n${output().slice(-4_000)}`)
    },
    kill: async () => {
      // First who would start the others again.
      await end('SIGKILL')
      for (const pid of Object.values(servicesOf(dataFolder))) killIfThere(pid)
    },
    killPostgres() {
      const pid = postgresOf(dataFolder)?.pid
      if (pid === undefined || !isRunning(pid)) return false
      process.kill(pid, 'SIGKILL')
      return true
    },
    stop: () => end('SIGTERM'),
    async end() {
      // A stack knows best how to end all that it has started.
      if (!hasEnded()) await end(shape === 'stack' ? 'SIGTERM' : 'SIGKILL')
      const pid = postgresOf(dataFolder)?.pid
      if (pid !== undefined && isRunning(pid)) await endPostgres(pid)
      keepLog(log)
      rmSync(dataFolder, { recursive: true, force: true })
      watcher.kill('SIGKILL')
    },
    output,
  }
}

/** Where the test command wants to see them if something failed, in one file for each file of tests. */
function keepLog(log: string): void {
  const folder = process.env.HOURGLASS_TEST_LOGS
  if (!folder || !existsSync(log)) return
  mkdirSync(folder, { recursive: true })
  copyFileSync(log, join(folder, `${basename(Bun.main, '.test.ts')}-${basename(dirname(log))}.log`))
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1_000) }).then(
    (response) => response.ok,
    () => false,
  )

/** All processes that a stack has started but PostgreSQL's, by their names; none of a single process. */
export function processesOf(dataFolder: string): Record<string, number> {
  const file = join(dataFolder, 'processes.json')
  const known: Record<string, { pid: number }> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return Object.fromEntries(Object.entries(known).map(([name, { pid }]) => [name, pid]))
}

/** Those of the services alone, by the names of their replicas. */
export function servicesOf(dataFolder: string): Record<string, number> {
  const servers = new Set(['Redis', 'RabbitMQ', 'epmd', 'MongoDB'])
  return Object.fromEntries(Object.entries(processesOf(dataFolder)).filter(([name]) => !servers.has(name)))
}

function killIfThere(pid: number): void {
  if (isRunning(pid)) process.kill(pid, 'SIGKILL')
}

/** Process and port of the PostgreSQL that runs, or ran, on a data folder; from its `postmaster.pid`, lines 1 and 4. */
export function postgresOf(dataFolder: string): { pid: number; port: number } | null {
  const file = join(dataFolder, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return null
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n')
  return Number(pid) > 1 && Number(port) > 0 ? { pid: Number(pid), port: Number(port) } : null
}

/** Whether there is a process of this id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function endPostgres(pid: number): Promise<void> {
  process.kill(pid, 'SIGQUIT')
  for (let waited = 0; isRunning(pid) && waited < 5_000; waited += 20) await Bun.sleep(20)
  if (isRunning(pid)) process.kill(pid, 'SIGKILL')
}

/**
 * Leaves a shell that waits on a pipe from this process and, when the pipe breaks, ends program and database and removes the
 * folder: a test runner that is killed cannot. Both name the folder in their arguments, so no other process is hit.
 */
function cleanUpAfterThisProcess(folder: string): Bun.Subprocess {
  const script = `cat > /dev/null
    program=$(sed 's/[^0-9]*\\([0-9]*\\).*/\\1/' "$1/lock" 2> /dev/null | head -1)
    database=$(head -1 "$1/postgres/postmaster.pid" 2> /dev/null)
    for pid in $program $database; do
      case "$(ps -o args= -p "$pid")" in *"$1"*) kill -KILL "$pid";; esac
    done
    sleep 1; rm -rf "$1"`
  const watcher = Bun.spawn(['sh', '-c', script, 'sh', folder], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    detached: true,
  })
  watcher.unref()
  return watcher
}
