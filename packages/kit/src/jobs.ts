import { runDetached, runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { SpanKind } from '@opentelemetry/api'
import type { Instruments } from './instruments'
import { type JobMetrics, jobMetricsOf } from './job-metrics'

/**
 * A repeated piece of work of a service: relay, sealer, reconciler. `run` answers how much it did, as a number or a list; a turn
 * with nothing to do leaves no trace.
 */
export type Job = { name: string; everyMs: number; run: () => Promise<unknown> }

export type RunningJob = {
  /** Runs it now instead of at the next turn; no effect while it is running, apart from one further turn after it. */
  wake: () => void
  /** Resolves when the turn under way has ended; no other starts. */
  stop: () => Promise<void>
}

/** Runs a job again and again, one turn at a time, with ±10 % jitter; a failure is logged and the next turn comes. */
export function startJob(job: Job, instruments: Instruments): RunningJob {
  const metrics = jobMetricsOf(instruments.metrics.registry)
  let isStopped = false
  let isWoken = false
  let wakeSleeper: (() => void) | null = null
  const loop = async () => {
    while (!isStopped) {
      isWoken = false
      await runTurn(job, instruments, metrics)
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
  const done = runDetached(loop)
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

async function runTurn(job: Job, { log, tracer }: Instruments, metrics: JobMetrics): Promise<void> {
  const startedAt = performance.now()
  const span = tracer?.startRoot({ name: `job ${job.name}`, kind: SpanKind.INTERNAL }) ?? null
  let outcome: 'done' | 'failed' = 'done'
  try {
    const result = await (span ? runWith(span, job.run) : job.run())
    if (span) endTurn(span, result)
  } catch (error) {
    outcome = 'failed'
    // Within the span, so that the line names its trace.
    const report = () => log.error({ err: error, job: job.name }, 'job failed')
    if (span) runWith(span, report)
    else report()
    span?.fail(error).end()
  }
  metrics.turns.inc({ task: job.name, outcome })
  metrics.seconds.observe({ task: job.name }, (performance.now() - startedAt) / 1_000)
}

function endTurn(span: Span, result: unknown): void {
  const count = Array.isArray(result) ? result.length : result
  if (typeof count === 'number') span.setAttribute('hourglass.job.count', count)
  if (typeof count !== 'number' || count === 0) span.trace.forgetUnlessKept()
  span.end()
}
