import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Registry } from '@hourglass/kit/metrics'
import { sloEventsJob } from '@hourglass/kit/slo-events'
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { deliveries, people } from '../schema'

/** Seconds from the release of a result until the mail that says so is handed over, as slo/notifier.yaml promises. */
export const promisedMailSeconds = 300

type Told = 'good' | 'late' | 'missing'
const batchSize = 500

/**
 * The job that counts each released result once: when its mail was handed over or given up, or when the promised time is over without,
 * so that mails which never go out are counted too. Whoever has left the school is not counted. Any number of replicas at once.
 */
export const countToldJob = (db: Db, registry: Registry): Job =>
  sloEventsJob(db, registry, {
    name: 'count results told',
    sli: 'results-told',
    bad: ['late', 'missing'],
    take: takeUncounted,
  })

async function takeUncounted(tx: Db): Promise<Told[]> {
  const secondsTo = (end: unknown) => sql<number | null>`extract(epoch from ${end} - ${deliveries.owedSince})::float8`
  const isActive = tx.select({ isActive: people.isActive }).from(people).where(eq(people.personId, deliveries.personId))
  const waiting = await tx
    .select({
      id: deliveries.id,
      state: deliveries.state,
      ageSeconds: secondsTo(sql`statement_timestamp()`),
      takenSeconds: secondsTo(deliveries.endedAt),
      isActive: sql<boolean | null>`(${isActive})`,
    })
    .from(deliveries)
    .where(and(isNotNull(deliveries.owedSince), isNull(deliveries.countedAt)))
    .orderBy(asc(deliveries.owedSince))
    .limit(batchSize)
    .for('update', { skipLocked: true })
  const judged = waiting.flatMap((delivery) => {
    const outcome = outcomeOf(delivery)
    return outcome ? [{ id: delivery.id, outcome }] : []
  })
  if (judged.length === 0) return []
  await tx
    .update(deliveries)
    .set({ countedAt: sql`clock_timestamp()` })
    .where(
      inArray(
        deliveries.id,
        judged.map(({ id }) => id),
      ),
    )
  return judged.flatMap(({ outcome }) => (outcome === 'left out' ? [] : [outcome]))
}

type Waiting = { state: string; ageSeconds: number | null; takenSeconds: number | null; isActive: boolean | null }

/** `null`: there is still time. */
function outcomeOf({ state, ageSeconds, takenSeconds, isActive }: Waiting): Told | 'left out' | null {
  if (state === 'sent') return (takenSeconds ?? 0) <= promisedMailSeconds ? 'good' : 'late'
  if (isActive === false || state === 'obsolete') return 'left out'
  return state === 'failed' || (ageSeconds ?? 0) > promisedMailSeconds ? 'missing' : null
}
