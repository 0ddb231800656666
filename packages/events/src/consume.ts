import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Logger } from '@hourglass/kit/logger'
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Subscription } from './bus'
import { contracts, type Envelope, type EventName, type EventOf, parseEvent } from './contracts'
import { isTaken, takeOnce } from './inbox'
import type { EventTables } from './tables'

/** The writes of one event, in one transaction with its inbox row. No network call in it. */
export type Apply = (tx: Db) => Promise<void>

/** Reads what the event names, if it must (here the network is allowed), and answers the writes. */
export type Handle<Name extends EventName> = (event: EventOf<Name>) => Apply | Promise<Apply>

export type Consumer = { name: string; handlers: { [Name in EventName]?: Handle<Name> } }

/** Seconds until the next try after the 1st, 2nd, … failure; after the last the event is parked. */
const retrySeconds = [1, 5, 30, 120, 300]

/**
 * The consumer as the bus sees it. An event that fails is kept with its reason and tried again by `retryJob`; to the bus it is
 * taken, so its neighbours go on. Rejects only when the database can keep neither the effect nor the failure.
 */
export function createReceiver(db: Db, events: EventTables, consumer: Consumer, log: Logger): Subscription {
  const names = Object.keys(consumer.handlers).filter((name): name is EventName => name in contracts)
  return {
    consumer: consumer.name,
    names,
    receive: async (envelope) => {
      if (await isTaken(db, events, consumer.name, envelope.id)) return
      await take(db, events, consumer, envelope).catch((error) => park(db, events, consumer, envelope, error, log))
    },
  }
}

/** The job that gives failed events their next try when it is due. */
export const retryJob = (db: Db, events: EventTables, consumer: Consumer, log: Logger): Job => ({
  name: `retry ${consumer.name}`,
  everyMs: 500,
  run: () => retryDue(db, events, consumer, log),
})

/** Tries every event whose turn has come; answers how many there were. */
export async function retryDue(db: Db, events: EventTables, consumer: Consumer, log: Logger): Promise<number> {
  const { parked } = events
  const due = await db
    .select()
    .from(parked)
    .where(and(eq(parked.consumer, consumer.name), lte(parked.nextAttemptAt, sql`clock_timestamp()`)))
    .orderBy(asc(parked.nextAttemptAt))
    .limit(50)
  for (const { eventId, name, version, occurredAt, data } of due) {
    const envelope = { id: eventId, name, version, occurredAt: occurredAt.toISOString(), data }
    await take(db, events, consumer, envelope).catch((error) => park(db, events, consumer, envelope, error, log))
  }
  return due.length
}

/** How many events wait for somebody's replay. */
export const countParked = (db: Db, { parked }: EventTables): Promise<number> =>
  db.$count(parked, isNull(parked.nextAttemptAt))

async function take(db: Db, events: EventTables, consumer: Consumer, envelope: Envelope): Promise<void> {
  const apply = await handle(consumer, envelope)
  await takeOnce(db, events, consumer.name, envelope.id, apply)
}

async function handle(consumer: Consumer, envelope: Envelope): Promise<Apply> {
  // Only names of handlers are subscribed to and kept.
  const name = envelope.name as EventName
  const handler = consumer.handlers[name] as Handle<typeof name> | undefined
  if (!handler) throw new Error(`${consumer.name} has no handler for ${name}`)
  return handler(parseEvent(name, envelope))
}

async function park(
  db: Db,
  { parked }: EventTables,
  consumer: Consumer,
  { id: eventId, occurredAt, ...envelope }: Envelope,
  error: unknown,
  log: Logger,
): Promise<void> {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2_000)
  const delays = sql.raw(`array[${retrySeconds.join(',')}]`)
  const [row] = await db
    .insert(parked)
    .values({
      consumer: consumer.name,
      eventId,
      ...envelope,
      data: envelope.data ?? {},
      occurredAt: new Date(occurredAt),
      failures: 1,
      reason,
      nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${retrySeconds[0]})`,
    })
    .onConflictDoUpdate({
      target: [parked.consumer, parked.eventId],
      set: {
        failures: sql`${parked.failures} + 1`,
        reason,
        nextAttemptAt: sql`clock_timestamp() + make_interval(secs => (${delays})[${parked.failures} + 1])`,
      },
    })
    .returning({ failures: parked.failures, nextAttemptAt: parked.nextAttemptAt })
  const line = { err: error, consumer: consumer.name, event: envelope.name, eventId, failures: row?.failures }
  if (row?.nextAttemptAt) log.warn(line, 'event failed, it will be tried again')
  else log.error(line, 'event parked')
}
