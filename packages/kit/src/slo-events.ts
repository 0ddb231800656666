import type { Db } from './db/connect'
import type { Job } from './jobs'
import type { Counter, Registry } from './metrics'

const known = new WeakMap<Registry, Counter<'sli' | 'outcome'>>()

/**
 * Counts events that a promise of `slo/` is about: each is good, or bad for a reason. What the promise leaves out is not counted at
 * all. Every outcome is there as 0 from the start: of a series that begins at 1, Prometheus does not see the first.
 * @param sli which indicator: `saves`, `seals`
 */
export function countSloEvents<Reason extends string>(
  registry: Registry,
  sli: string,
  reasons: readonly Reason[],
): (outcome: 'good' | Reason, by?: number) => void {
  const counter =
    known.get(registry) ??
    registry.counter({
      name: 'slo_events_total',
      help: 'Events that a promise is about, by indicator (sli) and outcome: good, or why it was not kept.',
      labels: ['sli', 'outcome'],
    })
  known.set(registry, counter)
  for (const outcome of ['good', ...reasons]) counter.inc({ sli, outcome }, 0)
  return (outcome, by = 1) => counter.inc({ sli, outcome }, by)
}

/**
 * The job that counts events of a promise that are known from a service's tables: `take` answers what came of those that nobody has counted
 * yet, and marks them as counted in its transaction. Counted after the commit, so a replica that dies in between counts too few, never twice.
 */
export function sloEventsJob<Bad extends string>(
  db: Db,
  registry: Registry,
  options: { name: string; sli: string; bad: readonly Bad[]; take: (tx: Db) => Promise<('good' | Bad)[]> },
): Job {
  const count = countSloEvents(registry, options.sli, options.bad)
  return {
    name: options.name,
    everyMs: 5_000,
    run: async () => {
      const outcomes = await db.transaction(options.take)
      for (const outcome of outcomes) count(outcome)
      return outcomes
    },
  }
}
