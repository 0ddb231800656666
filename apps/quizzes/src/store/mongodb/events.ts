import type { Envelope } from '@hourglass/events/contracts'
import type { EventSource } from '@hourglass/events/event-source'
import type { Collection, WithId } from 'mongodb'
import type { VersionDocument } from './collections'

/** Longer than any publication takes. A replica that died with events in hand keeps the others from them for so long. */
const leaseMs = 30_000

/** The events of versions, each in its version's document. They are leased, since there is no lock that ends with its holder. */
export const versionEvents = (versions: Collection<VersionDocument>): EventSource => ({
  async relay(limit, publish) {
    const leased: WithId<VersionDocument>[] = []
    while (leased.length < limit) {
      const now = Date.now()
      const isFree = { $or: [{ 'event.leasedUntil': null }, { 'event.leasedUntil': { $lt: new Date(now) } }] }
      const document = await versions.findOneAndUpdate(
        { 'event.publishedAt': null, ...isFree },
        { $set: { 'event.leasedUntil': new Date(now + leaseMs) } },
        { sort: { 'event.occurredAt': 1 } },
      )
      if (!document) break
      leased.push(document)
    }
    const outcomes = await Promise.all(leased.map((document) => publish(toEnvelope(document))))
    const ids = leased.map(({ _id }) => _id)
    const taken = ids.filter((_, index) => outcomes[index])
    const refused = ids.filter((_, index) => !outcomes[index])
    const given = { 'event.leasedUntil': null }
    if (taken.length > 0) {
      await versions.updateMany({ _id: { $in: taken } }, { $set: { ...given, 'event.publishedAt': new Date() } })
    }
    if (refused.length > 0) await versions.updateMany({ _id: { $in: refused } }, { $set: given })
    return taken.length
  },
  async list({ names, after, until, limit }) {
    const occurredAt = new Date(after.occurredAt)
    const documents = await versions
      .find(
        {
          'event.name': { $in: [...names] },
          $or: [
            { 'event.occurredAt': { $gt: occurredAt } },
            { 'event.occurredAt': occurredAt, 'event.id': { $gt: after.id } },
          ],
          'event.occurredAt': { $lte: new Date(until) },
        } as Parameters<typeof versions.find>[0],
        { projection: { event: 1 } },
      )
      .sort({ 'event.occurredAt': 1, 'event.id': 1 })
      .limit(limit)
      .toArray()
    return documents.map(({ event }) => ({ id: event.id, occurredAt: event.occurredAt.toISOString() }))
  },
  async get(ids) {
    const found = await versions.find({ 'event.id': { $in: [...ids] } }, { projection: { event: 1 } }).toArray()
    return found.map(toEnvelope)
  },
})

const toEnvelope = ({ event: { id, name, version, occurredAt, data } }: Pick<VersionDocument, 'event'>): Envelope => ({
  ...{ id, name, version, data },
  occurredAt: occurredAt.toISOString(),
})
