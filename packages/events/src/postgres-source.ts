import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Envelope } from './contracts'
import type { EventPlace, EventSource } from './event-source'
import type { EventTables } from './tables'

/** What waits is never counted without an end. */
const mostCounted = 10_000

type Row = EventTables['outbox']['$inferSelect']

/** The outbox table of a service as its source of events. */
export const createPostgresSource = (db: Db, { outbox }: Pick<EventTables, 'outbox'>): EventSource => ({
  /**
   * Rows are found by `published_at IS NULL`, never by id: an id says when a row was made, not when it became visible, and a
   * late committer would be skipped for ever. Rows that another replica holds are skipped; one that is not taken stays for
   * the next turn and does not stop its neighbours.
   */
  relay: (limit, publish) =>
    db.transaction(async (tx) => {
      const rows = await tx
        .select()
        .from(outbox)
        .where(isNull(outbox.publishedAt))
        .orderBy(asc(outbox.occurredAt), asc(outbox.id))
        .limit(limit)
        .for('update', { skipLocked: true })
      const outcomes = await Promise.all(rows.map((row) => publish(toEnvelope(row))))
      const taken = rows.filter((_, index) => outcomes[index]).map(({ id }) => id)
      if (taken.length > 0) {
        await tx.update(outbox).set({ publishedAt: new Date() }).where(inArray(outbox.id, taken))
      }
      return taken.length
    }),
  async list({ names, after, until, limit }) {
    const rows = await db
      .select({ id: outbox.id, occurredAt: outbox.occurredAt })
      .from(outbox)
      .where(and(inArray(outbox.name, [...names]), isAfter(outbox, after), lte(outbox.occurredAt, new Date(until))))
      .orderBy(asc(outbox.occurredAt), asc(outbox.id))
      .limit(limit)
    return rows.map(({ id, occurredAt }) => ({ id, occurredAt: occurredAt.toISOString() }))
  },
  async waiting() {
    const some = db
      .select({ occurredAt: outbox.occurredAt })
      .from(outbox)
      .where(isNull(outbox.publishedAt))
      .orderBy(asc(outbox.occurredAt))
      .limit(mostCounted)
      .as('some')
    const [row] = await db
      .select({ count: sql<number>`count(*)::int`, oldestAt: sql<string | null>`min(${some.occurredAt})::text` })
      .from(some)
    return { count: row?.count ?? 0, oldestAt: row?.oldestAt ? new Date(row.oldestAt).toISOString() : null }
  },
  async get(ids) {
    const rows = await db
      .select()
      .from(outbox)
      .where(inArray(outbox.id, [...ids]))
    return rows.map(toEnvelope)
  },
})

const isAfter = (outbox: EventTables['outbox'], { occurredAt, id }: EventPlace) =>
  sql`(${outbox.occurredAt}, ${outbox.id}) > (${occurredAt}::timestamptz, ${id}::uuid)`

function toEnvelope({ publishedAt: _, occurredAt, ...envelope }: Row): Envelope {
  return { ...envelope, occurredAt: occurredAt.toISOString() }
}
