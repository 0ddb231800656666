import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Logger } from '@hourglass/kit/logger'
import { asc, inArray, isNull } from 'drizzle-orm'
import type { Bus } from './bus'
import type { EventTables } from './tables'

const batchSize = 50

/** The job of a service that publishes what its outbox holds, the oldest first, until none is left. */
export const relayJob = (db: Db, events: EventTables, bus: Bus, log: Logger): Job => ({
  name: 'relay',
  everyMs: 200,
  run: async () => {
    while ((await relayBatch(db, events, bus, log)) === batchSize);
  },
})

/**
 * Publishes one batch and answers how many went out. Rows are found by `published_at IS NULL`, never by id: an id says when a
 * row was made, not when it became visible, and a late committer would be skipped for ever. Rows that another replica holds
 * are skipped; one that the bus refuses stays for the next turn and does not stop its neighbours.
 */
export async function relayBatch(db: Db, { outbox }: EventTables, bus: Bus, log: Logger): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(outbox)
      .where(isNull(outbox.publishedAt))
      .orderBy(asc(outbox.occurredAt), asc(outbox.id))
      .limit(batchSize)
      .for('update', { skipLocked: true })
    const outcomes = await Promise.all(rows.map((row) => publishRow(row, bus, log)))
    const published = outcomes.filter((id) => id !== null)
    if (published.length > 0) {
      await tx.update(outbox).set({ publishedAt: new Date() }).where(inArray(outbox.id, published))
    }
    return published.length
  })
}

/** Answers the id of a row that the bus took, else `null`. */
async function publishRow(row: EventTables['outbox']['$inferSelect'], bus: Bus, log: Logger): Promise<string | null> {
  const { publishedAt: _, occurredAt, ...envelope } = row
  try {
    await bus.publish({ ...envelope, occurredAt: occurredAt.toISOString() })
    return row.id
  } catch (error) {
    log.error({ err: error, event: row.name, eventId: row.id }, 'event not published')
    return null
  }
}
