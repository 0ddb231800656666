import { join } from 'node:path'
import { endProcess } from '@hourglass/servers/process-identity'
import { Problem } from '../problem'
import type { ServeOptions } from '../serve'
import type { ChildWord } from './serve-child'

export type Child = {
  /** Resolves when it serves. Rejects with a Problem, or an Error when it died of a fault in the code. */
  ready: Promise<void>
  stop: () => Promise<void>
}

/** The services in a process of their own, so that a change of code restarts them and nothing else. */
export function startChild(options: ServeOptions): Child {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'serve-child.ts')], {
    env: { ...process.env, HOURGLASS_SERVE: JSON.stringify(options) },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: Ctrl-C reaches the supervisor, which stops things in order.
    detached: true,
    ipc: (word: ChildWord) => (word.kind === 'ready' ? resolve() : reject(new Problem(word.message))),
    onExit: (_, exitCode) => reject(new Error(`the services ended with ${exitCode}`)),
  })
  return {
    ready,
    stop: async () => {
      if (!(await endProcess(child.pid, 'SIGTERM', 10_000))) await endProcess(child.pid, 'SIGKILL', 2_000)
    },
  }
}
