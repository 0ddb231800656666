import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, lt, or, sql } from 'drizzle-orm'
import { eventCounts } from '../../schema'
import { type Bucket, rings } from './history'

/** What earlier processes have counted, some thousand rows. */
export const loadBuckets = (db: Db): Promise<Bucket[]> => db.select().from(eventCounts)

/** Keeps buckets as they are now, in place of what was kept of them, and forgets those that no window needs any more. */
export async function storeBuckets(db: Db, buckets: readonly Bucket[], at: Date): Promise<void> {
  const isOld = rings.map(({ stepSeconds, keptSeconds }) => {
    const oldest = new Date(at.getTime() - (keptSeconds + stepSeconds) * 1_000)
    return and(eq(eventCounts.stepSeconds, stepSeconds), lt(eventCounts.beginsAt, oldest))
  })
  await db.transaction(async (tx) => {
    await tx.delete(eventCounts).where(or(...isOld))
    if (buckets.length === 0) return
    await tx
      .insert(eventCounts)
      .values([...buckets])
      .onConflictDoUpdate({
        target: [eventCounts.stepSeconds, eventCounts.beginsAt],
        set: { coveredSeconds: sql`excluded.covered_seconds`, events: sql`excluded.events` },
      })
  })
}
