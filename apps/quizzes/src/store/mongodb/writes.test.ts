import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { CommandStartedEvent, Document } from 'mongodb'
import { author, digestLike, questionOf, quizOf, versionOf } from '../contract-examples'
import { createMongodbUnderTest, type MongodbUnderTest } from './mongodb-under-test'

let under: MongodbUnderTest
const sent: Document[] = []
beforeAll(async () => {
  under = await createMongodbUnderTest({ onCommand: ({ command }: CommandStartedEvent) => void sent.push(command) })
})
afterAll(() => under.close())

/** Writes by every way that the store has, and answers the commands that went to the server for it. */
async function writeEverything(): Promise<Document[]> {
  const { store } = under
  sent.length = 0
  const [quiz, question] = [quizOf(), questionOf()]
  await store.insertQuiz(quiz)
  await store.replaceQuiz({ ...quiz, revision: 2 }, 1)
  await store.deleteQuiz(quiz.id, 2)
  await store.insertQuestions([question, questionOf()])
  await store.replaceQuestion({ ...question, revision: 2 }, 1)
  await store.deleteQuestion(question.id, 2)
  await store.insertVersion(versionOf(Bun.randomUUIDv7(), 1))
  await store.events.relay(10, async () => true)
  const image = { type: 'image/png' as const, widthPixels: 1, heightPixels: 1, bytes: new Uint8Array([1]) }
  await store.insertImage({ ...image, digest: digestLike(), storedBy: author.personId })
  return sent.filter((command) => ['insert', 'update', 'delete', 'findAndModify'].some((word) => word in command))
}

test('every write asks for most replicas and the journal, of single documents, and in no transaction', async () => {
  const writes = await writeEverything()
  expect(writes.length).toBeGreaterThanOrEqual(12)
  for (const write of writes) {
    expect(write.writeConcern).toMatchObject({ w: 'majority', j: true, wtimeout: expect.any(Number) })
    expect(write).not.toHaveProperty('startTransaction')
    for (const update of write.updates ?? []) expect(update.multi ?? false).toBe(false)
    for (const deletion of write.deletes ?? []) expect(deletion.limit).toBe(1)
  }
})

test('every change of a draft names the revision that it changes', async () => {
  const writes = await writeEverything()
  const drafts = writes.filter(({ update, delete: from }) => ['quizzes', 'questions'].includes(update ?? from))
  expect(drafts).toHaveLength(4)
  for (const { updates, deletes } of drafts) {
    for (const { q } of updates ?? deletes) expect(Object.keys(q).toSorted()).toEqual(['_id', 'revision'])
  }
})

test('every read is of what most replicas have', async () => {
  sent.length = 0
  await under.store.getQuiz(Bun.randomUUIDv7())
  await under.store.listQuizzes({ visibleTo: author.personId, words: [] }, { after: null, limit: 1 })
  expect(sent.length).toBe(2)
  for (const read of sent) expect(read.readConcern).toEqual({ level: 'majority' })
})

test('the indexes are there after a start, whatever was asked before', async () => {
  const indexes = await under.db.collection('versions').indexes()
  expect(indexes.map(({ key }) => key)).toContainEqual({ quizId: 1, number: -1 })
  expect(indexes.find(({ key }) => 'quizId' in key)?.unique).toBe(true)
})
