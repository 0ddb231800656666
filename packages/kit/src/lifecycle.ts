import type { Logger } from './logger'

export type Stoppable = { name: string; stop: () => Promise<void> | void }

/**
 * Stops parts in the order given, each within its time: first what takes requests, then jobs, pools last.
 * A part that fails or hangs is logged and does not keep the others from stopping.
 */
export async function stopInOrder(parts: readonly Stoppable[], log: Logger, eachMs = 8_000): Promise<void> {
  for (const part of parts) {
    try {
      await withDeadline(Promise.resolve(part.stop()), eachMs, `${part.name} did not stop within ${eachMs} ms`)
    } catch (error) {
      log.error({ err: error, part: part.name }, 'stop failed')
    }
  }
}

/** Rejects when `promise` has not settled in time. The work itself goes on: use it where it can also be cut. */
export function withDeadline<T>(promise: Promise<T>, timeoutMs: number, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), timeoutMs)
    promise.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}

/** One Ctrl-C may come twice: from the terminal, and passed on by the program that ran us. */
const sameKeyMs = 1_000

/** Calls `stop` once at SIGINT or SIGTERM, then ends the process; a second signal, a second later or more, ends it at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let begunAt: number | null = null
  const handle = async () => {
    if (begunAt !== null) {
      if (performance.now() - begunAt > sameKeyMs) process.exit(1)
      return
    }
    begunAt = performance.now()
    await stop()
    process.exit(0)
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
}
