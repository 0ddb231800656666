import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, inArray, lt } from 'drizzle-orm'
import type { ApplyAll } from './consumer'
import type { EventTables } from './tables'

/** Those of the events whose effect this consumer has had: a cheap look before the work; `takeOnce` decides. */
export async function listTaken(
  db: Db,
  { inbox }: EventTables,
  consumer: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ eventId: inbox.eventId })
    .from(inbox)
    .where(and(eq(inbox.consumer, consumer), inArray(inbox.eventId, [...ids])))
  return new Set(rows.map(({ eventId }) => eventId))
}

/**
 * Runs `effect` in one transaction with the events' inbox rows, for those of which no other delivery did or does: one effect an
 * event. Replicas that hold some of the same events wait for each other in the order of the ids.
 */
export async function takeOnce(
  db: Db,
  { inbox, parked }: EventTables,
  consumer: string,
  ids: readonly string[],
  effect: ApplyAll,
): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = [...new Set(ids)].toSorted().map((eventId) => ({ consumer, eventId }))
    const inserted = await tx.insert(inbox).values(rows).onConflictDoNothing().returning()
    const taken = inserted.map(({ eventId }) => eventId)
    if (taken.length === 0) return
    await effect(tx, new Set(taken))
    await tx.delete(parked).where(and(eq(parked.consumer, consumer), inArray(parked.eventId, taken)))
  })
}

/** Forgets inbox rows and published events that are older than `before`; no bus delivers again after that long. */
export async function forgetOldEvents(db: Db, { inbox, outbox }: EventTables, before: Date): Promise<void> {
  await db.delete(inbox).where(lt(inbox.receivedAt, before))
  await db.delete(outbox).where(lt(outbox.publishedAt, before))
}
