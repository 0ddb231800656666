import type { Counter, Histogram, Registry } from './metrics'

/** The label is not `job`: that is Prometheus' own name for what it scrapes. */
export type JobMetrics = { turns: Counter<'task' | 'outcome'>; seconds: Histogram<'task'> }

const known = new WeakMap<Registry, JobMetrics>()

/** Of all jobs of a service. */
export function jobMetricsOf(registry: Registry): JobMetrics {
  const metrics = known.get(registry) ?? {
    turns: registry.counter({
      name: 'job_turns_total',
      help: 'Turns of a job, by its name and how they ended: done, failed.',
      labels: ['task', 'outcome'],
    }),
    seconds: registry.histogram({
      name: 'job_duration_seconds',
      help: 'Seconds that a turn of a job took.',
      labels: ['task'],
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    }),
  }
  known.set(registry, metrics)
  return metrics
}
