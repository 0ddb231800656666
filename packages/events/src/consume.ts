import type { Db } from '@hourglass/kit/db/connect'
import { isDatabaseUnavailable } from '@hourglass/kit/db/is-unavailable'
import { leaveUntried } from '@hourglass/kit/event-trace'
import { createGathering } from '@hourglass/kit/gather'
import type { Instruments } from '@hourglass/kit/instruments'
import type { Job } from '@hourglass/kit/jobs'
import type { Subscription } from './bus'
import { type Consumer, namesOf, takesTogether } from './consumer'
import type { Envelope } from './contracts'
import { eventMetricsOf } from './event-metrics'
import { listTaken } from './inbox'
import { claimDue, envelopeOf, noteFailure, parkFailed, parkUntried } from './parking'
import type { EventTables } from './tables'
import { take } from './take'

export type { Apply, ApplyAll, Consumer, Handle, HandleAll } from './consumer'
export { namesOf } from './consumer'

/** Retries of one turn of the job: so many that a day's backlog goes fast, so few that a stop does not wait for it. */
const mostInATurn = 200
/** Of writing a failure down, which counts otherwise: a database that starts anew is there again within these. */
const [mostTries, triesEveryMs] = [20, 500]
/** Of events that are taken together. */
const mostTogether = 50

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
  const takeNew = async (envelopes: readonly Envelope[]) => {
    const ids = envelopes.map(({ id }) => id)
    const taken = await listTaken(db, events, consumer.name, ids)
    const left = envelopes.filter(({ id }) => !taken.has(id))
    for (const envelope of envelopes.filter(({ id }) => taken.has(id))) {
      consumed.inc({ event: envelope.name, outcome: 'known' })
      leaveUntried(instruments, consumer.name, envelope, 'known')
    }
    if (left.length > 0) await take(db, events, consumer, left, instruments)
  }
  const takeGroup = async (envelopes: readonly Envelope[]): Promise<true[]> => {
    await takeNew(envelopes)
    return envelopes.map(() => true)
  }
  const takeOrPark = async (envelope: Envelope): Promise<true> => {
    await takeNew([envelope]).catch((error) => parkFailed(db, events, consumer.name, envelope, error, log))
    return true
  }
  const gatherings = new Map(
    namesOf(consumer)
      .filter((name) => takesTogether(consumer, name))
      .map((name) => [
        name as string,
        createGathering({ takeAll: takeGroup, takeOne: takeOrPark, most: mostTogether }),
      ]),
  )
  return {
    consumer: consumer.name,
    names: namesOf(consumer),
    receive: async (envelope) => {
      await (gatherings.get(envelope.name) ?? takeOrPark)(envelope)
    },
    park: async (envelope, reason) => {
      if ((await listTaken(db, events, consumer.name, [envelope.id])).size > 0) return
      await parkUntried(db, events, consumer.name, [envelope], { reason, isDue: false })
      leaveUntried(instruments, consumer.name, envelope, 'parked')
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
    await take(db, events, consumer, [envelopeOf(row)], instruments).catch((error) =>
      whenThere(() => noteFailure(db, events, row, error, instruments.log)),
    )
  }
  return mostInATurn
}

/** Writes once the database can be asked. */
async function whenThere(write: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (!isDatabaseUnavailable(error) || tries === mostTries) throw error
      await Bun.sleep(triesEveryMs)
    }
  }
}
