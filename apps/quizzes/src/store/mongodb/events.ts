import type { Envelope } from '@hourglass/events/contracts'
import type { EventSource } from '@hourglass/events/event-source'
import type { Collection } from 'mongodb'
import type { VersionDocument } from './collections'

/** Longer than any publication takes. A replica that died with events in hand keeps the others from them for so long. */
const leaseMs = 30_000
/** What waits is never counted without an end. */
const mostCounted = 10_000

/** The events of versions, each in its version's document. They are leased, since there is no lock that ends with its holder. */
export const versionEvents = (versions: Collection<VersionDocument>): EventSource => ({
  async relay(limit, publish) {
    // All are leased before the first is given back, so none comes twice in one call.
    const leased: Leased[] = []
    while (leased.length < limit) {
      const next = await leaseNext(versions)
      if (!next) break
      leased.push(next)
    }
    const outcomes = await Promise.all(
      leased.map(async (lease) => {
        let isTaken = false
        try {
          isTaken = await publish(toEnvelope(lease))
        } finally {
          await endLease(versions, lease, isTaken)
        }
        return isTaken
      }),
    )
    return outcomes.filter(Boolean).length
  },
  async list({ names, after, until, limit }) {
    const occurredAt = new Date(after.occurredAt)
    // The range once for the index, then without what lies before `after` in its own millisecond.
    const isBetween = { 'event.occurredAt': { $gte: occurredAt, $lte: new Date(until) } }
    const isAfter = [{ 'event.occurredAt': { $gt: occurredAt } }, { 'event.id': { $gt: after.id } }]
    const documents = await versions
      .find({ ...isBetween, 'event.name': { $in: tellable(names) }, $or: isAfter }, onlyEvent)
      .sort({ 'event.occurredAt': 1, 'event.id': 1 })
      .limit(limit)
      .toArray()
    return documents.map(({ event }) => ({ id: event.id, occurredAt: event.occurredAt.toISOString() }))
  },
  async waiting() {
    const isWaiting = { 'event.publishedAt': null }
    const [count, oldest] = await Promise.all([
      versions.countDocuments(isWaiting, { limit: mostCounted }),
      versions.findOne(isWaiting, { ...onlyEvent, sort: { 'event.occurredAt': 1 } }),
    ])
    return { count, oldestAt: oldest?.event.occurredAt.toISOString() ?? null }
  },
  async get(ids) {
    const found = await versions.find({ 'event.id': { $in: [...ids] } }, onlyEvent).toArray()
    return found.map(toEnvelope)
  },
})

type Leased = Pick<VersionDocument, '_id' | 'event'>

const onlyEvent = { projection: { event: 1 } } as const
const tellable = (names: readonly string[]) => names.filter((name) => name === 'quiz.published')

/** Takes the oldest event that nobody has in hand; `null` when there is none. */
async function leaseNext(versions: Collection<VersionDocument>): Promise<Leased | null> {
  const now = Date.now()
  const isFree = { $or: [{ 'event.leasedUntil': null }, { 'event.leasedUntil': { $lt: new Date(now) } }] }
  // FerretDB takes no projection here, so the rest of the document is dropped by hand.
  const document = await versions.findOneAndUpdate(
    { 'event.publishedAt': null, ...isFree },
    { $set: { 'event.leasedUntil': new Date(now + leaseMs) } },
    { sort: { 'event.occurredAt': 1 }, returnDocument: 'after' },
  )
  return document && { _id: document._id, event: document.event }
}

/** What was taken is published, whoever has it in hand by now; what was not is given back, unless it is another's since. */
async function endLease(versions: Collection<VersionDocument>, { _id, event }: Leased, isTaken: boolean) {
  const { leasedUntil } = event
  if (isTaken) {
    await versions.updateOne({ _id }, { $set: { 'event.publishedAt': new Date(), 'event.leasedUntil': null } })
  } else {
    await versions.updateOne({ _id, 'event.leasedUntil': leasedUntil }, { $set: { 'event.leasedUntil': null } })
  }
}

const toEnvelope = ({
  event: { id, name, version, occurredAt, data, traceparent },
}: Pick<VersionDocument, 'event'>): Envelope => ({
  ...{ id, name, version, data, traceparent },
  occurredAt: occurredAt.toISOString(),
})
