import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, lt } from 'drizzle-orm'
import type { EventTables } from './tables'

/** Whether this consumer has had the effect of the event: a cheap look before the work; `takeOnce` decides. */
export async function isTaken(db: Db, { inbox }: EventTables, consumer: string, eventId: string): Promise<boolean> {
  const rows = await db
    .select({ eventId: inbox.eventId })
    .from(inbox)
    .where(and(eq(inbox.consumer, consumer), eq(inbox.eventId, eventId)))
  return rows.length > 0
}

/** Runs `effect` in one transaction with the inbox row, if no other delivery of the event did or does: one effect an event. */
export async function takeOnce(
  db: Db,
  { inbox, parked }: EventTables,
  consumer: string,
  eventId: string,
  effect: (tx: Db) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const taken = await tx.insert(inbox).values({ consumer, eventId }).onConflictDoNothing().returning()
    if (taken.length === 0) return
    await effect(tx)
    await tx.delete(parked).where(and(eq(parked.consumer, consumer), eq(parked.eventId, eventId)))
  })
}

/** Forgets inbox rows and published events that are older than `before`; no bus delivers again after that long. */
export async function forgetOldEvents(db: Db, { inbox, outbox }: EventTables, before: Date): Promise<void> {
  await db.delete(inbox).where(lt(inbox.receivedAt, before))
  await db.delete(outbox).where(lt(outbox.publishedAt, before))
}
