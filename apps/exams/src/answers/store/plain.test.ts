import { afterAll, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { openRoom } from '../../../fixtures/room'
import { answerLog, answers } from '../../schema'
import type { Save } from './outcome'
import { createPlainStore } from './plain'

const room = await openRoom()
afterAll(() => room.close())
const { db, deps } = room
const store = createPlainStore(deps.sql)
const exam = await room.schedule({ limitSeconds: 3_600 })
const sit = async () => room.start(exam.examId, await room.addStudent())

const save = (attemptId: string, changes: Partial<Save> = {}): Save => ({
  attemptId,
  questionId: 'q4',
  operationId: Bun.randomUUIDv7(),
  seq: 1,
  response: '{"text":"Ünï \\"quoted\\" \\\\ \u2028","type":"short-answer"}',
  isBlank: false,
  answerHash: 'a'.repeat(64),
  sentAt: null,
  ...changes,
})
const storedOf = async (attemptId: string) => {
  const [rows, log] = await Promise.all([
    db.select().from(answers).where(eq(answers.attemptId, attemptId)),
    db.select().from(answerLog).where(eq(answerLog.attemptId, attemptId)),
  ])
  return { rows, log }
}

test('what is plain is stored and logged, whatever its text holds', async () => {
  const { attemptId } = await sit()
  const one = save(attemptId)
  const [outcome] = await store([one])
  expect(outcome).toMatchObject({ kind: 'stored', seq: 1, isLate: false, isStale: false, current: null })
  const { rows, log } = await storedOf(attemptId)
  const what = { operationId: one.operationId, questionId: 'q4', seq: 1, response: JSON.parse(one.response) }
  expect(rows).toMatchObject([{ ...what, isLate: false, isBlank: false }])
  expect(log).toMatchObject([{ ...what, answerHash: one.answerHash, isStale: false }])
  expect(rows[0]?.storedAt.getTime()).toBe(outcome?.kind === 'stored' ? outcome.storedAt : 0)
})

test('what needs a judgement is left alone, and does not hold up its neighbours', async () => {
  const [plain, paused, late, known, held] = [await sit(), await sit(), await sit(), await sit(), await sit()]
  await room.call('POST', `/api/attempts/${paused.attemptId}/pause`, { as: room.teacher, body: { reason: 'a fire' } })
  await room.age(late.attemptId, 3_601)
  const again = save(known.attemptId)
  await store([again])
  const isHeld = Promise.withResolvers<void>()
  const isDone = Promise.withResolvers<void>()
  const holder = db.transaction(async (tx) => {
    await tx.execute(`select from exams.attempts where id = '${held.attemptId}' for update`)
    isHeld.resolve()
    await isDone.promise
  })
  await isHeld.promise
  const missing = Bun.randomUUIDv7()
  const ids = [paused, late, held].map(({ attemptId }) => attemptId)
  const outcomes = await store([...[...ids, missing].map((id) => save(id)), again, save(plain.attemptId)])
  isDone.resolve()
  await holder
  expect(outcomes.map((outcome) => outcome?.kind ?? null)).toEqual([null, null, null, null, null, 'stored'])
  for (const id of [...ids, missing]) expect(await storedOf(id)).toEqual({ rows: [], log: [] })
  expect((await storedOf(known.attemptId)).log).toHaveLength(1)
})

test('an old number stores nothing, is logged as stale, and is told what is stored', async () => {
  const { attemptId } = await sit()
  await store([save(attemptId, { seq: 5 })])
  const old = save(attemptId, { seq: 5, response: '{"type":"short-answer","text":"other device"}' })
  const [outcome] = await store([old])
  expect(outcome).toMatchObject({ kind: 'stored', isStale: true, current: { seq: 5 } })
  const { rows, log } = await storedOf(attemptId)
  expect(rows[0]?.operationId).not.toBe(old.operationId)
  expect(log.map(({ isStale }) => isStale)).toEqual([false, true])
})

test('an operation that another replica logs at the same moment leaves nothing of the batch stored', async () => {
  const [one, other] = [await sit(), await sit()]
  const twice = save(one.attemptId)
  const isLogged = Promise.withResolvers<void>()
  const replica = db.transaction(async (tx) => {
    const { attemptId, operationId, questionId, seq, answerHash } = twice
    const entry = { attemptId, operationId, questionId, seq, answerHash, isLate: false }
    await tx.insert(answerLog).values({ ...entry, response: JSON.parse(twice.response), storedAt: new Date() })
    isLogged.resolve()
    await Bun.sleep(200)
  })
  await isLogged.promise
  expect(await store([twice, save(other.attemptId)])).toEqual([null, null])
  await replica
  expect((await storedOf(other.attemptId)).rows).toEqual([])
  expect((await storedOf(one.attemptId)).log).toHaveLength(1)
})
