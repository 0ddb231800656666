import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Logger } from '@hourglass/kit/logger'
import { and, eq, inArray } from 'drizzle-orm'
import type { EventName } from './contracts'
import type { EventPlace, EventSource } from './event-source'
import { parkUntried } from './parking'
import type { EventTables } from './tables'

/** The events of another service, as far as this one hears them. */
export type Feed = { from: string; names: readonly EventName[] } & Pick<EventSource, 'list' | 'get'>

/** Younger events may still be on their way by the bus. */
const patienceMs = 30_000
/**
 * How far behind the last look the next begins. An event bears the time at which its transaction wrote it and is seen when that
 * commits: longer than any transaction lasts, and than clocks of replicas differ.
 */
const overlapMs = 60_000
const pageSize = 500
const noId = '00000000-0000-0000-0000-000000000000'

/**
 * The job that looks, every 10 s, through what others have told, and takes what never arrived here. The bus may lose everything
 * (a deleted queue, an emptied broker, a database restored from yesterday): events come late then, but they come.
 */
export const catchUpJob = (db: Db, events: EventTables, consumer: string, feeds: readonly Feed[], log: Logger): Job => {
  let isFirst = true
  return {
    name: `catch up ${consumer}`,
    everyMs: 10_000,
    run: async () => {
      // Services start together: the others may not be there yet.
      if (isFirst) {
        isFirst = false
        return
      }
      for (const feed of feeds) {
        await catchUp(db, events, consumer, feed, log).catch((error) =>
          log.warn({ err: error, consumer, from: feed.from }, 'could not look for missed events'),
        )
      }
    },
  }
}

/** Looks through one feed, from where it ended last, and has what is missing tried now. Answers how many that were. */
export async function catchUp(
  db: Db,
  events: EventTables,
  consumer: string,
  feed: Feed,
  log: Logger,
  now = Date.now(),
): Promise<number> {
  const { cursors } = events
  const isIt = and(eq(cursors.consumer, consumer), eq(cursors.source, feed.from))
  const [cursor] = await db.select().from(cursors).where(isIt)
  const until = new Date(now - patienceMs)
  const begin = cursor ? new Date(cursor.until.getTime() - overlapMs) : new Date(0)
  let after: EventPlace | undefined = { occurredAt: begin.toISOString(), id: noId }
  let count = 0
  while (after) {
    const places = await feed.list({ names: feed.names, after, until: until.toISOString(), limit: pageSize })
    count += await adopt(db, events, consumer, feed, places)
    after = places.length === pageSize ? places.at(-1) : undefined
  }
  await db
    .insert(cursors)
    .values({ consumer, source: feed.from, until })
    .onConflictDoUpdate({ target: [cursors.consumer, cursors.source], set: { until } })
  if (count > 0) log.warn({ consumer, from: feed.from, count }, 'events had not arrived and are taken now')
  return count
}

/** Keeps those of the events that are neither taken nor kept, as due. */
async function adopt(
  db: Db,
  events: EventTables,
  consumer: string,
  feed: Feed,
  places: readonly EventPlace[],
): Promise<number> {
  const ids = places.map(({ id }) => id)
  if (ids.length === 0) return 0
  const { inbox, parked } = events
  const [taken, kept] = await Promise.all(
    [inbox, parked].map((table) =>
      db
        .select({ id: table.eventId })
        .from(table)
        .where(and(eq(table.consumer, consumer), inArray(table.eventId, ids))),
    ),
  )
  const known = new Set([...(taken ?? []), ...(kept ?? [])].map(({ id }) => id))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length === 0) return 0
  const envelopes = await feed.get(missing)
  await parkUntried(db, events, consumer, envelopes, { reason: 'it had not arrived by the bus', isDue: true })
  return envelopes.length
}
