import { afterAll, describe, expect, test } from 'bun:test'
import { digestOf } from '@hourglass/questions/canonical'
import { and, eq } from 'drizzle-orm'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  newId,
  type Person,
  publish,
  sit,
  write,
} from '../../fixtures/classroom'
import { exams, outbox, questionResults, results } from '../schema'
import type { Correction } from './correction'
import type { RegradePreview } from './model'

const grading = await createGrading()
const { ask, db, deliver } = grading
afterAll(() => grading.close())

/** Three students: one right, one wrong by option b, one without an answer; question q2 is right for all. */
async function sitExam(release: 'manual' | 'automatic' = 'automatic') {
  const questions = [choiceQuestion('q1', '3'), choiceQuestion('q2'), essayQuestion('e1', '0')]
  const room = await createClassroom(grading, questions, 3)
  await deliver('exam.scheduled', { ...room.exam, release })
  const attemptIds: string[] = []
  for (const [index, choice] of ['a', 'b', null].entries()) {
    const pupil = room.pupils[index]
    if (!pupil) throw new Error('three students')
    const sealed = await sit(grading, room, pupil, { q1: choose(choice), q2: choose('a') })
    await deliver('attempt.sealed', sealed)
    attemptIds.push(sealed.attemptId)
  }
  const { examId } = room.exam
  const post = (path: string, body: object, headers = {}, who: Person = room.teacher) =>
    ask(who, 'POST', `/api/regrades${path}`, body, headers)
  const preview = (questionId: string, correction: Correction, more = {}) =>
    post('/preview', { examId, questionId, correction, ...more })
  const version = async () =>
    (await db.select({ version: exams.gradingVersion }).from(exams).where(eq(exams.examId, examId)))[0]?.version ?? 0
  const apply = async (questionId: string, correction: Correction, more = {}) =>
    post('', { examId, questionId, correction, reason: 'The key was wrong.', gradingVersion: await version(), ...more })
  const totals = async () => {
    const { body } = await ask(room.teacher, 'GET', `/api/results?examId=${examId}&sort=name`)
    return body.items.map(({ marks, maxMarks }: { marks: string; maxMarks: string }) => `${marks}/${maxMarks}`)
  }
  return { room, examId, attemptIds, post, preview, apply, version, totals }
}
async function keepBody(body: object): Promise<string> {
  const digest = await digestOf(body)
  grading.bodies.set(digest, body)
  return digest
}

const acceptB: Correction = { mode: 'accept', answer: { kind: 'choice', choiceId: 'b', weight: '100' } }

describe('a preview', () => {
  test('says who moves by how much, and changes nothing', async () => {
    const { preview, totals } = await sitExam()
    const { status, body } = await preview('q1', acceptB)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      gradingVersion: 1,
      counts: { raised: 1, lowered: 0, unchanged: 2 },
      keptByHand: 0,
      items: [
        {
          person: { name: 'Student 2' },
          marks: { before: '1', after: '4' },
          maxMarks: { before: '4', after: '4' },
          percent: { before: '25', after: '100' },
        },
      ],
    })
    expect(body.mean).toEqual({ before: 50, after: 75 })
    expect(await totals()).toEqual(['4/4', '1/4', '1/4'])
  })

  test('is what then happens, for every kind of correction', async () => {
    const { room, preview, apply, totals } = await sitExam()
    const question = choiceQuestion('q1', '3')
    const choices = question.choices.map((choice) => ({ ...choice, weight: choice.id === 'b' ? '100' : '0' }))
    const { key } = await publish(grading, [{ ...question, choices }, choiceQuestion('q2')])
    const keyDigest = await keepBody({ ...key, quizId: room.key.quizId })
    const cases: [Correction, string[]][] = [
      [{ mode: 'drop' }, ['1/1', '1/1', '1/1']],
      [{ mode: 'full-credit' }, ['4/4', '4/4', '4/4']],
      [{ mode: 'rescore', keyDigest }, ['1/4', '4/4', '1/4']],
      [acceptB, ['1/4', '4/4', '1/4']],
    ]
    for (const [correction, after] of cases) {
      const { body } = await preview('q1', correction)
      const before = await totals()
      const said = new Map(
        (body as RegradePreview).items.map(({ person, marks, maxMarks }) => [
          person.name,
          `${marks.after}/${maxMarks.after}`,
        ]),
      )
      expect((await apply('q1', correction)).status).toBe(200)
      expect(await totals()).toEqual(after)
      expect([1, 2, 3].map((number, index) => said.get(`Student ${number}`) ?? before[index])).toEqual(after)
    }
  })

  test('pages through everybody who moves once, the largest change first', async () => {
    const { preview } = await sitExam()
    const first = (await preview('q1', { mode: 'full-credit' }, { limit: 1 })).body
    const second = (await preview('q1', { mode: 'full-credit' }, { limit: 1, cursor: first.next })).body
    const names = [...first.items, ...second.items].map(({ person }: { person: Person }) => person.name)
    expect([names.toSorted(), second.next]).toEqual([['Student 2', 'Student 3'], null])
  })
})

describe('a correction', () => {
  test('undone leaves marks that are byte-equal to those of before (I13), and the record of both', async () => {
    const { room, examId, attemptIds, apply, post, version } = await sitExam()
    const read = async () => {
      const isOf = and(eq(questionResults.examId, examId), eq(questionResults.gradingVersion, await version()))
      const questions = await db
        .select()
        .from(questionResults)
        .where(isOf)
        .orderBy(questionResults.attemptId, questionResults.position)
      const rows = await db
        .select()
        .from(results)
        .where(and(eq(results.examId, examId), eq(results.gradingVersion, await version())))
        .orderBy(results.attemptId)
      return JSON.stringify([questions, rows], (key, value) =>
        key === 'gradingVersion' || key === 'gradedAt' ? undefined : value,
      )
    }
    const before = await read()
    const { regradeId } = (await apply('q1', acceptB)).body
    expect(await read()).not.toBe(before)
    const undone = await post(`/${regradeId}/undo`, { gradingVersion: 2 })
    expect(undone.body).toMatchObject({ number: 1, undone: { by: { name: 'Tess Teacher' } } })
    expect(await read()).toBe(before)
    expect(await db.$count(results, eq(results.examId, examId))).toBe(3 * attemptIds.length)
    const { body } = await ask(room.teacher, 'GET', `/api/regrades?examId=${examId}`)
    expect(body).toMatchObject({
      gradingVersion: 3,
      questions: [
        { questionId: 'q1', number: 1, rightAnswer: { choiceIds: ['a'] }, corrections: [] },
        { questionId: 'q2' },
        { questionId: 'e1', number: 3, rightAnswer: null },
      ],
      items: [{ number: 1, questionId: 'q1', correction: acceptB, decidedBy: { name: 'Tess Teacher' } }],
    })
  })

  test('holds for attempts that are sealed later, and over marks that follow', async () => {
    const { room, apply, totals } = await sitExam()
    await apply('q1', { mode: 'full-credit' })
    const [pupil] = room.pupils
    if (!pupil) throw new Error('a student')
    await deliver('attempt.sealed', await sit(grading, room, pupil, { q2: choose('a') }, { number: 2 }))
    expect((await totals()).toSorted()).toEqual(['4/4', '4/4', '4/4', '4/4'])
    await deliver('exam.changed', { ...room.exam, revision: 2, negativeMarks: true, release: 'automatic' })
    expect((await totals()).toSorted()).toEqual(['4/4', '4/4', '4/4', '4/4'])
  })

  test('keeps the marks that people gave, and says how many', async () => {
    const { room, attemptIds, preview, apply, totals } = await sitExam()
    const path = `/api/marks/${attemptIds[1]}/q1`
    await ask(room.teacher, 'PUT', path, { marks: '1.5', comment: 'half', revision: 0 })
    expect((await preview('q1', acceptB)).body).toMatchObject({ counts: { raised: 0 }, keptByHand: 1 })
    await apply('q1', acceptB)
    expect(await totals()).toEqual(['4/4', '2.5/4', '1/4'])
  })

  test('is refused when somebody corrected meanwhile: of two at once one is told', async () => {
    const { apply, version } = await sitExam()
    const both = await Promise.all([apply('q1', acceptB), apply('q1', { mode: 'drop' })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ kind: 'stale', gradingVersion: 2 })
    expect(await version()).toBe(2)
  })

  test('is made once under one Idempotency-Key', async () => {
    const { examId, post, version } = await sitExam()
    const headers = { 'idempotency-key': newId() }
    const body = { examId, questionId: 'q1', correction: acceptB, reason: 'x', gradingVersion: 1 }
    const [one, two] = [await post('', body, headers), await post('', body, headers)]
    expect([one.status, two.text, await version()]).toEqual([200, one.text, 2])
  })

  test('is told to students who may see marks, with its reason, and tells nobody twice of a result', async () => {
    const { room, examId, attemptIds, apply } = await sitExam()
    const told = async () =>
      (await db.select().from(outbox).where(eq(outbox.name, 'result.released'))).filter(
        ({ data }) => (data as { examId: string }).examId === examId,
      ).length
    expect(await told()).toBe(3)
    await apply('q1', { mode: 'drop' })
    const [, pupil] = room.pupils
    if (!pupil) throw new Error('a student')
    const { body } = await ask(pupil, 'GET', `/api/results/${attemptIds[1]}/review`)
    expect(body).toMatchObject({ marks: '1', maxMarks: '1' })
    expect(body.questions[0]).toMatchObject({
      ...{ maxMarks: '0', marks: null, state: 'not-marked' },
      corrections: [{ mode: 'drop', reason: 'The key was wrong.' }],
    })
    expect(body.questions[1]).not.toHaveProperty('corrections')
    expect(await told()).toBe(3)
  })

  test.each<[string, string, Correction, number, string]>([
    ['of a question that the exam does not have', 'q9', { mode: 'drop' }, 404, 'not-found'],
    [
      'that does not fit its question',
      'q1',
      { mode: 'accept', answer: { kind: 'text', pattern: 'x', weight: '100' } },
      422,
      'correction-does-not-fit',
    ],
    ['by a key that nobody has', 'q1', { mode: 'rescore', keyDigest: 'f'.repeat(64) }, 422, 'correction-does-not-fit'],
  ])('%s is refused', async (_, questionId, correction, status, kind) => {
    const { apply, version } = await sitExam()
    const answer = await apply(questionId, correction)
    expect([answer.status, answer.body.kind, await version()]).toEqual([status, kind, 1])
  })

  test('by the key of another quiz is refused', async () => {
    const { apply } = await sitExam()
    const { keyDigest } = await publish(grading, [choiceQuestion('q1', '3')])
    expect((await apply('q1', { mode: 'rescore', keyDigest })).body).toMatchObject({ kind: 'correction-does-not-fit' })
  })

  test('of another teacher’s exam is answered like one that does not exist', async () => {
    const { room, examId, post } = await sitExam()
    const stranger: Person = { personId: newId(), role: 'teacher', name: 'Other' }
    const body = { questionId: 'q1', correction: acceptB, reason: 'x', gradingVersion: 1 }
    const [other, none] = [
      await post('', { examId, ...body }, {}, stranger),
      await post('', { examId: newId(), ...body }),
    ]
    expect([other.status, other.text]).toEqual([404, none.text])
    const regradeId = (await post('', { examId, ...body })).body.regradeId
    expect((await post(`/${regradeId}/undo`, { gradingVersion: 2 }, {}, stranger)).status).toBe(404)
    expect(room.exam.examId).toBe(examId)
  })

  test('of an essay for all ends the waiting for marks', async () => {
    const room = await createClassroom(grading, [essayQuestion('e1')], 1)
    await deliver('exam.scheduled', { ...room.exam, release: 'automatic' })
    const [pupil] = room.pupils
    if (!pupil) throw new Error('a student')
    const sealed = await sit(grading, room, pupil, { e1: write('words') })
    await deliver('attempt.sealed', sealed)
    const { examId } = room.exam
    const body = { examId, questionId: 'e1', correction: { mode: 'full-credit' }, reason: 'x', gradingVersion: 1 }
    await ask(room.teacher, 'POST', '/api/regrades', body)
    const detail = (await ask(room.teacher, 'GET', `/api/results/${sealed.attemptId}`)).body
    expect(detail).toMatchObject({
      state: 'released',
      marks: '4',
      questions: [{ corrections: [{ mode: 'full-credit' }] }],
    })
  })
})

test('an exam of 500 is corrected in one go within seconds', async () => {
  const questions = Array.from({ length: 10 }, (_, index) => choiceQuestion(`q${index}`))
  const room = await createClassroom(grading, questions, 2)
  await deliver('exam.scheduled', room.exam)
  const [pupil] = room.pupils
  if (!pupil) throw new Error('a student')
  for (let number = 1; number <= 500; number++) {
    await deliver('attempt.sealed', await sit(grading, room, pupil, { q0: choose('b') }, { number }))
  }
  const { examId } = room.exam
  const started = performance.now()
  const body = { examId, questionId: 'q0', correction: acceptB, reason: 'x', gradingVersion: 1 }
  expect((await ask(room.teacher, 'POST', '/api/regrades', body)).status).toBe(200)
  const ms = performance.now() - started
  const isRight = and(eq(results.examId, examId), eq(results.gradingVersion, 2), eq(results.marks, '1'))
  expect(await db.$count(results, isRight)).toBe(500)
  expect(ms).toBeLessThan(4_000)
}, 60_000)
