import { UnavailableError } from './errors'

export type Semaphore = { run: <T>(work: () => Promise<T>) => Promise<T>; active: () => number; waiting: () => number }

/**
 * At most `size` pieces of work at once, `queue` more waiting for `waitMs` at the most, in order of arrival. What does not
 * fit is refused at once with an UnavailableError: concurrency is limited, not rate.
 */
export function createSemaphore(options: { size: number; queue: number; waitMs: number }): Semaphore {
  let active = 0
  const waiting: { start: () => void }[] = []
  const enter = () =>
    new Promise<void>((resolve, reject) => {
      if (active < options.size) {
        active++
        resolve()
        return
      }
      const busy = () => reject(new UnavailableError('The server is busy. Try again in a moment.', 1, 'busy'))
      if (waiting.length >= options.queue) return busy()
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(place), 1)
        busy()
      }, options.waitMs)
      const place = {
        start: () => {
          clearTimeout(timer)
          resolve()
        },
      }
      waiting.push(place)
    })
  const leave = () => {
    const next = waiting.shift()
    if (next) next.start()
    else active--
  }
  return {
    run: async (work) => {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
    active: () => active,
    waiting: () => waiting.length,
  }
}
