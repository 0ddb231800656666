import type { Logger } from './logger'

/** A repeated piece of work of a service: relay, sealer, reconciler. */
export type Job = { name: string; everyMs: number; run: () => Promise<unknown> }

export type RunningJob = {
  /** Runs it now instead of at the next turn; no effect while it is running, apart from one further turn after it. */
  wake: () => void
  /** Resolves when the turn under way has ended; no other starts. */
  stop: () => Promise<void>
}

/** Runs a job again and again, one turn at a time, with ±10 % jitter; a failure is logged and the next turn comes. */
export function startJob(job: Job, log: Logger): RunningJob {
  let isStopped = false
  let isWoken = false
  let wakeSleeper: (() => void) | null = null
  const loop = async () => {
    while (!isStopped) {
      isWoken = false
      try {
        await job.run()
      } catch (error) {
        log.error({ err: error, job: job.name }, 'job failed')
      }
      if (isStopped || isWoken) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, job.everyMs * (0.9 + Math.random() * 0.2))
        wakeSleeper = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      wakeSleeper = null
    }
  }
  const done = loop()
  const wake = () => {
    isWoken = true
    wakeSleeper?.()
  }
  return {
    wake,
    stop: async () => {
      isStopped = true
      wakeSleeper?.()
      await done
    },
  }
}
