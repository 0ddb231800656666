import type { PolicyRow } from '@hourglass/kit/auth/guard'
import type { Db } from '@hourglass/kit/db/connect'
import { BadRequestError, NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, PageQuery, pageOf, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { EventTables } from './tables'

/** An event that a consumer could not take. `nextAttemptAt` is `null` once it waits for somebody's replay. */
export const ParkedEvent = z.object({
  id: z.uuid(),
  consumer: z.string(),
  name: z.string(),
  version: z.int(),
  failures: z.int(),
  reason: z.string(),
  firstFailedAt: z.iso.datetime(),
  nextAttemptAt: z.iso.datetime().nullable(),
})
export type ParkedEvent = z.infer<typeof ParkedEvent>

/** The rows of the policy table for `parkedEvents(service)`. */
export const parkedPolicy = (service: string): PolicyRow[] => [
  { method: 'GET', path: `/api/${service}-events/parked`, allow: ['admin'] },
  { method: 'POST', path: `/api/${service}-events/parked/:id/replay`, allow: ['admin'] },
]

/** Lets an admin see what a service could not take, and have it tried again. The events' data stay inside. */
export const parkedEvents = (service: string, { db, events: { parked } }: { db: Db; events: EventTables }) =>
  new Elysia({ name: `parked-${service}`, prefix: `/api/${service}-events/parked`, tags: ['events'] })
    .get('', ({ query }) => listParked(db, parked, query), {
      query: PageQuery,
      response: pageOf(ParkedEvent),
      detail: { summary: `Events that ${service} could not take` },
    })
    .post('/:id/replay', ({ params }) => replayParked(db, parked, params.id), {
      params: z.object({ id: z.uuid() }),
      response: ParkedEvent,
      detail: { summary: 'Try a parked event again now' },
    })

async function listParked(db: Db, parked: EventTables['parked'], { cursor, limit }: PageQuery) {
  const [after] = decodeCursor(cursor, 1) ?? []
  if (after !== undefined && !z.uuid().safeParse(after).success) {
    throw new BadRequestError('bad-cursor', 'The cursor is not one that this list gave out.')
  }
  const rows = await db
    .select()
    .from(parked)
    .where(after ? gt(parked.eventId, after) : undefined)
    .orderBy(asc(parked.eventId))
    .limit(limit + 1)
  return toPage(rows, limit, toParkedEvent, (row) => [row.eventId])
}

async function replayParked(db: Db, parked: EventTables['parked'], id: string): Promise<ParkedEvent> {
  const [row] = await db
    .update(parked)
    .set({ nextAttemptAt: sql`clock_timestamp()`, failures: 0 })
    .where(and(eq(parked.eventId, id)))
    .returning()
  if (!row) throw new NotFoundError('parked event')
  return toParkedEvent(row)
}

const toParkedEvent = (row: EventTables['parked']['$inferSelect']): ParkedEvent => ({
  id: row.eventId,
  consumer: row.consumer,
  name: row.name,
  version: row.version,
  failures: row.failures,
  reason: row.reason,
  firstFailedAt: row.firstFailedAt.toISOString(),
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
})
