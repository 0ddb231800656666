import type { Db } from '@hourglass/kit/db/connect'
import type { Instruments } from '@hourglass/kit/instruments'
import type { Job } from '@hourglass/kit/jobs'
import { sql } from 'drizzle-orm'
import { eventMetricsOf } from './event-metrics'
import type { EventSource } from './event-source'
import type { EventTables } from './tables'

const everyMs = 10_000

/** The job that says how many events wait to be published, and for how long. */
export const measureOutboxJob = (source: EventSource, { metrics }: Instruments): Job => ({
  name: 'measure outbox',
  everyMs,
  run: async () => {
    const { waiting, oldest } = eventMetricsOf(metrics.registry)
    const { count, oldestAt } = await source.waiting()
    waiting.set({}, count)
    oldest.set({}, oldestAt === null ? 0 : Math.max(0, (Date.now() - Date.parse(oldestAt)) / 1_000))
    return 0
  },
})

/** The job that says how many events could not be taken in. The table holds nothing else, and is small. */
export const measureParkedJob = (db: Db, { parked }: EventTables, { metrics }: Instruments): Job => ({
  name: 'measure parked events',
  everyMs,
  run: async () => {
    const { kept } = eventMetricsOf(metrics.registry)
    const [row] = await db
      .select({
        retrying: sql<number>`(count(*) filter (where ${parked.nextAttemptAt} is not null))::int`,
        parked: sql<number>`(count(*) filter (where ${parked.nextAttemptAt} is null))::int`,
      })
      .from(parked)
    kept.set({ state: 'retrying' }, row?.retrying ?? 0)
    kept.set({ state: 'parked' }, row?.parked ?? 0)
    return 0
  },
})
