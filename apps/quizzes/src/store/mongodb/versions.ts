import { contracts } from '@hourglass/events/contracts'
import { eventIdOf } from '@hourglass/events/outbox'
import { currentTraceparent } from '@hourglass/kit/event-trace'
import type { Key } from '@hourglass/questions/key'
import type { Paper } from '@hourglass/questions/paper'
import type { Version, VersionContent } from '../../versions/model'
import type { StoredVersion, VersionPart } from '../quiz-store'
import type { Collections, VersionDocument } from './collections'
import { insertNew } from './drafts'
import { pack, unpack } from './pack'

export const versionDocuments = ({ versions, papers, keys }: Collections): VersionPart => ({
  async insertVersion(stored) {
    const { version, paper, key } = stored
    const document = toDocument(stored)
    // Paper and key first: whoever sees the version finds them. Without it they are nobody's, and do no harm.
    await insertNew(papers, { _id: version.paperDigest, body: pack('paper', paper) })
    await insertNew(keys, { _id: version.keyDigest, body: pack('key', key) })
    return insertNew(versions, document)
  },
  async getVersion(digest) {
    const document = await versions.findOne({ _id: digest })
    return document && toVersion(document)
  },
  async listVersions(quizId, before, limit) {
    const filter = before === null ? { quizId } : { quizId, number: { $lt: before } }
    return (await versions.find(filter).sort({ number: -1 }).limit(limit).toArray()).map(toVersion)
  },
  async latestVersions(quizIds) {
    const found = await Promise.all(
      quizIds.map((quizId) => versions.find({ quizId }).sort({ number: -1 }).limit(1).next()),
    )
    return new Map(found.flatMap((document) => (document ? [[document.quizId, toVersion(document)] as const] : [])))
  },
  async getPaper(digest) {
    const document = await papers.findOne({ _id: digest })
    return document && unpack<Paper>(document.body)
  },
  async getKey(digest) {
    const document = await keys.findOne({ _id: digest })
    return document && unpack<Key>(document.body)
  },
})

function toDocument({ version: { content, ...summary }, event }: StoredVersion): VersionDocument {
  const name = 'quiz.published'
  const { version, data } = contracts[name]
  return {
    _id: summary.digest,
    quizId: summary.quizId,
    number: summary.number,
    summary,
    content: pack('version', content),
    event: {
      ...{ id: eventIdOf(name, summary.digest), name, version, data: data.parse(event) },
      traceparent: currentTraceparent(),
      ...{ occurredAt: new Date(), publishedAt: null, leasedUntil: null },
    },
  }
}

const toVersion = ({ summary, content }: VersionDocument): Version => ({
  ...summary,
  content: unpack<VersionContent>(content),
})
