import type { Db } from '@hourglass/kit/db/connect'
import { traceConsumption } from '@hourglass/kit/event-trace'
import type { Instruments } from '@hourglass/kit/instruments'
import type { Job } from '@hourglass/kit/jobs'
import type { Subscription } from './bus'
import { contracts, type Envelope, type EventName, type EventOf, parseEvent } from './contracts'
import { eventMetricsOf } from './event-metrics'
import { isTaken, takeOnce } from './inbox'
import { claimDue, envelopeOf, noteFailure, parkFailed, parkUntried } from './parking'
import type { EventTables } from './tables'

/** The writes of one event, in one transaction with its inbox row. No network call in it. */
export type Apply = (tx: Db) => Promise<void>

/** Reads what the event names, if it must (here the network is allowed), and answers the writes. */
export type Handle<Name extends EventName> = (event: EventOf<Name>) => Apply | Promise<Apply>

export type Consumer = { name: string; handlers: { [Name in EventName]?: Handle<Name> } }

/** Retries of one turn of the job: so many that a day's backlog goes fast, so few that a stop does not wait for it. */
const mostInATurn = 200

/** What a consumer subscribes to. */
export const namesOf = ({ handlers }: Consumer): EventName[] =>
  Object.keys(handlers).filter((name): name is EventName => name in contracts)

/**
 * The consumer as the bus sees it. An event that fails is kept with its reason and tried again by `retryJob`; to the bus it is
 * taken, so its neighbours go on. Rejects only when the database can keep neither the effect nor the failure.
 */
export function createReceiver(
  db: Db,
  events: EventTables,
  consumer: Consumer,
  instruments: Instruments,
): Subscription {
  const { consumed } = eventMetricsOf(instruments.metrics.registry)
  const { log } = instruments
  return {
    consumer: consumer.name,
    names: namesOf(consumer),
    receive: async (envelope) => {
      if (await isTaken(db, events, consumer.name, envelope.id)) {
        consumed.inc({ event: envelope.name, outcome: 'known' })
        return
      }
      await take(db, events, consumer, envelope, instruments).catch((error) =>
        parkFailed(db, events, consumer.name, envelope, error, log),
      )
    },
    park: async (envelope, reason) => {
      if (await isTaken(db, events, consumer.name, envelope.id)) return
      await parkUntried(db, events, consumer.name, [envelope], { reason, isDue: false })
      log.error({ consumer: consumer.name, event: envelope.name, eventId: envelope.id, reason }, 'event parked')
    },
  }
}

/** The job that gives failed events their next try when it is due. */
export const retryJob = (db: Db, events: EventTables, consumer: Consumer, instruments: Instruments): Job => ({
  name: `retry ${consumer.name}`,
  everyMs: 500,
  run: () => retryDue(db, events, consumer, instruments),
})

/** Tries the events whose turn has come; answers how many there were. */
export async function retryDue(
  db: Db,
  events: EventTables,
  consumer: Consumer,
  instruments: Instruments,
): Promise<number> {
  for (let count = 0; count < mostInATurn; count++) {
    const row = await claimDue(db, events, consumer.name)
    if (!row) return count
    await take(db, events, consumer, envelopeOf(row), instruments).catch((error) =>
      noteFailure(db, events, row, error, instruments.log),
    )
  }
  return mostInATurn
}

async function take(
  db: Db,
  events: EventTables,
  consumer: Consumer,
  envelope: Envelope,
  instruments: Instruments,
): Promise<void> {
  const { consumed, seconds, lag } = eventMetricsOf(instruments.metrics.registry)
  const { name: event, occurredAt } = envelope
  const startedAt = performance.now()
  let keptTraceId: string | null = null
  try {
    await traceConsumption(instruments, consumer.name, envelope, async (traceId) => {
      keptTraceId = traceId
      const apply = await handle(consumer, envelope)
      await takeOnce(db, events, consumer.name, envelope.id, apply)
    })
    consumed.inc({ event, outcome: 'taken' })
    lag.observe({ event }, Math.max(0, (Date.now() - Date.parse(occurredAt)) / 1_000), keptTraceId)
  } catch (error) {
    consumed.inc({ event, outcome: 'failed' })
    throw error
  } finally {
    seconds.observe({ event }, (performance.now() - startedAt) / 1_000, keptTraceId)
  }
}

async function handle(consumer: Consumer, envelope: Envelope): Promise<Apply> {
  // Only names of handlers are subscribed to and kept.
  const name = envelope.name as EventName
  const handler = consumer.handlers[name] as Handle<typeof name> | undefined
  if (!handler) throw new Error(`${consumer.name} has no handler for ${name}`)
  return handler(parseEvent(name, envelope))
}
