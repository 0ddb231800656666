import type { BankQuestion } from '../../questions/model'
import type { QuestionPart } from '../quiz-store'
import { questionSearchText } from '../search-text'
import type { Collections, QuestionDocument } from './collections'
import { allOf, atRevision, comesAfter, containing, isOnlyDuplicates, newestFirst } from './drafts'

/** Documents of one call; the driver splits them further, where they pass 16 MiB together. */
const chunkSize = 500
const onlyBody = { projection: { body: 1 } }
const bodyOf = ({ body }: { body: BankQuestion }): BankQuestion => body

export const questionDocuments = ({ questions }: Collections): QuestionPart => ({
  async insertQuestions(added) {
    for (const chunk of chunksOf(added)) {
      // Unordered: what is there already does not stop the rest.
      await questions.insertMany(chunk.map(toDocument), { ordered: false }).catch((error) => {
        if (!isOnlyDuplicates(error)) throw error
      })
    }
  },
  getQuestion: async (id) => (await questions.findOne({ _id: id }, onlyBody))?.body ?? null,
  async getQuestions(ids) {
    const found = new Map<string, BankQuestion>()
    for (const chunk of chunksOf(ids)) {
      for (const { _id, body } of await questions.find({ _id: { $in: chunk } }, onlyBody).toArray())
        found.set(_id, body)
    }
    return ids.flatMap((id) => found.get(id) ?? [])
  },
  async replaceQuestion(question, expectedRevision) {
    const { matchedCount } = await questions.replaceOne(atRevision(question.id, expectedRevision), toDocument(question))
    return matchedCount > 0
  },
  async deleteQuestion(id, expectedRevision) {
    const { deletedCount } = await questions.deleteOne(atRevision(id, expectedRevision))
    return deletedCount > 0
  },
  async listQuestions({ ownerId, words, tag, type }, page) {
    const filter = allOf<QuestionDocument>([
      ...(ownerId === null ? [] : [{ ownerId }]),
      ...(tag === null ? [] : [{ tags: tag }]),
      ...(type === null ? [] : [{ type }]),
      ...containing(words),
      ...comesAfter(page),
    ])
    return questions.find(filter, onlyBody).sort(newestFirst).limit(page.limit).map(bodyOf).toArray()
  },
  listTagged: (ownerId, tag, limit) =>
    questions.find({ ownerId, tags: tag }, onlyBody).sort({ _id: 1 }).limit(limit).map(bodyOf).toArray(),
  listTags: (ownerId, limit) =>
    questions
      .aggregate<{ _id: string; count: number }>([
        ...(ownerId === null ? [] : [{ $match: { ownerId } }]),
        { $unwind: '$tags' },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
        { $sort: { count: -1, _id: 1 } },
        { $limit: limit },
      ])
      .map(({ _id, count }) => ({ tag: _id, count }))
      .toArray(),
})

const toDocument = (body: BankQuestion): QuestionDocument => ({
  _id: body.id,
  ownerId: body.ownerId,
  type: body.question.type,
  tags: body.question.tags,
  searchText: questionSearchText(body),
  revision: body.revision,
  updatedAt: new Date(body.updatedAt),
  body,
})

function chunksOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / chunkSize)
  return Array.from({ length: count }, (_, index) => all.slice(index * chunkSize, (index + 1) * chunkSize))
}
