import { afterAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  newId,
  sit,
  write,
} from '../../fixtures/classroom'
import { outbox } from '../schema'

const grading = await createGrading()
const { ask, db, deliver } = grading
afterAll(() => grading.close())

const told = async (examId: string) =>
  (await db.select().from(outbox).where(eq(outbox.name, 'result.released'))).filter(
    ({ data }) => (data as { examId: string }).examId === examId,
  )

async function sitExam(release: 'manual' | 'automatic') {
  const room = await createClassroom(grading, [choiceQuestion('q1'), essayQuestion('e1')])
  await deliver('exam.scheduled', { ...room.exam, release })
  const [one, two] = room.pupils
  if (!one || !two) throw new Error('two students')
  const complete = await sit(grading, room, one, { q1: choose('a') })
  const pending = await sit(grading, room, two, { q1: choose('a'), e1: write('words') })
  for (const sealed of [complete, pending]) await deliver('attempt.sealed', sealed)
  const { examId } = room.exam
  const release_ = (headers = {}) => ask(room.teacher, 'POST', '/api/releases', { examId }, headers)
  const markEssay = () =>
    ask(room.teacher, 'PUT', `/api/marks/${pending.attemptId}/e1`, { marks: '1', comment: '', revision: 0 })
  return { room, examId, post: release_, markEssay }
}

describe('a release', () => {
  test('tells of complete results now and of the others when complete, once each, through withdrawal and repetition', async () => {
    const { room, examId, post, markEssay } = await sitExam('manual')
    expect(await told(examId)).toHaveLength(0)
    expect((await post()).body).toMatchObject({
      state: 'released',
      complete: 1,
      waiting: 1,
      decidedBy: { name: 'Tess Teacher' },
    })
    expect(await told(examId)).toHaveLength(1)
    await markEssay()
    expect(await told(examId)).toHaveLength(2)
    expect((await ask(room.teacher, 'DELETE', `/api/releases/${examId}`)).body.state).toBe('withdrawn')
    await post()
    await post()
    expect(await told(examId)).toHaveLength(2)
    expect((await told(examId)).map(({ data }) => data)).toMatchObject([{ examTitle: 'Exam' }, { examTitle: 'Exam' }])
  })

  test('is not told of again when the outbox has forgotten that it was', async () => {
    const { room, examId, post } = await sitExam('manual')
    await post()
    await db.delete(outbox)
    await ask(room.teacher, 'DELETE', `/api/releases/${examId}`)
    await post()
    expect(await told(examId)).toHaveLength(0)
  })

  test('is automatic where the exam says so, as soon as a result is complete', async () => {
    const { room, examId, markEssay } = await sitExam('automatic')
    expect(await told(examId)).toHaveLength(1)
    await markEssay()
    expect(await told(examId)).toHaveLength(2)
    const { body } = await ask(room.teacher, 'GET', `/api/releases?examId=${examId}`)
    expect(body.items).toMatchObject([{ examId, state: 'automatic', complete: 2, waiting: 0, decidedBy: null }])
  })

  test('at the same moment as the last mark, the result is told of all the same', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const { examId, post, markEssay } = await sitExam('manual')
      await Promise.all([post(), markEssay()])
      expect(await told(examId)).toHaveLength(2)
    }
  })

  test('with one Idempotency-Key the same request has one answer and another request a 422', async () => {
    const { room, post } = await sitExam('manual')
    const headers = { 'idempotency-key': newId() }
    const [one, two] = [await post(headers), await post(headers)]
    expect(two.body).toEqual(one.body)
    expect((await ask(room.teacher, 'POST', '/api/releases', { examId: newId() }, headers)).status).toBe(422)
  })
})
