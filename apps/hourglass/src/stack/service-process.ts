import { join } from 'node:path'
import { endProcess } from '@hourglass/servers/process-identity'
import { endWithThisProcess } from '@hourglass/servers/watcher'
import { Problem } from '../problem'
import type { Replica } from './replica'

export type ServiceProcess = {
  replica: Replica
  /** Another one after each start; `null` between two. */
  pid: () => number | null
  /** Resolves when it takes requests. */
  ready: () => Promise<void>
  stop: () => Promise<void>
}

const readyWithinMs = 30_000
const pauseMs = 500

/** The program of a service. */
export const programOf = (service: string): string => join(import.meta.dir, '../../..', service, 'src/index.ts')

/**
 * Runs a service as a process of its own and starts it again when it ends unasked. `say` gets its lines, `onLaunch` its id;
 * `program` is another build of the service than the one here.
 */
export function keepServiceRunning(
  replica: Replica,
  environment: Record<string, string>,
  {
    say,
    onLaunch,
    program = programOf(replica.service),
  }: { say: (line: string) => void; onLaunch: (pid: number) => void; program?: string },
): ServiceProcess {
  let isStopping = false
  let child = launch()
  function launch() {
    const started = Bun.spawn([process.execPath, program], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches us alone, and we stop things in order.
      detached: true,
    })
    void started.exited.then(endWithThisProcess(started.pid))
    onLaunch(started.pid)
    for (const stream of [started.stdout, started.stderr]) void readLines(stream, say)
    void started.exited.then(async (code) => {
      if (isStopping) return
      say(`ended unasked (${started.signalCode ?? code}); it is started again`)
      await Bun.sleep(pauseMs)
      if (!isStopping) child = launch()
    })
    return started
  }
  return {
    replica,
    pid: () => (child.exitCode === null && child.signalCode === null ? child.pid : null),
    ready: () => becomesReady(replica),
    stop: async () => {
      isStopping = true
      if (!(await endProcess(child.pid, 'SIGTERM', 15_000))) await endProcess(child.pid, 'SIGKILL', 2_000)
    },
  }
}

async function becomesReady({ name, port }: Replica): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMs
  while (performance.now() < giveUpAt) {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => null,
    )
    if (response?.ok) return
    await Bun.sleep(50)
  }
  throw new Problem(`${name} was not ready within ${readyWithinMs / 1_000} s. Its lines are above.`)
}

async function readLines(stream: ReadableStream<Uint8Array>, say: (line: string) => void): Promise<void> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) say(line)
  }
  if (rest) say(rest)
}
