import { afterAll, describe, expect, test } from 'bun:test'
import type { ReviewFields } from '@hourglass/events/contracts'
import { arrangeOptions } from '@hourglass/questions/arrange'
import { eq } from 'drizzle-orm'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  newId,
  openReview,
  type Person,
  sit,
} from '../../fixtures/classroom'
import { exams } from '../schema'
import { Phase } from './model'
import { phaseOf } from './phase'

const grading = await createGrading()
const { ask, db, deliver } = grading
afterAll(() => grading.close())

const nothing: ReviewFields = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const allHidden = { during: nothing, justAfter: nothing, whileOpen: nothing, afterClose: nothing }
const minute = 60_000
const ago = (minutes: number) => new Date(Date.now() - minutes * minute)

describe('the phase', () => {
  const at = { now: new Date(100 * minute), hasOpenAttempt: false, sealedAt: new Date(50 * minute) }
  const closes = (exam: number | null, own: number | null) => ({
    examClosesAt: exam === null ? null : new Date(exam * minute),
    ownClosesAt: own === null ? null : new Date(own * minute),
  })
  test.each([
    ['an open attempt comes before everything', { ...at, ...closes(60, 60), hasOpenAttempt: true }, 'during'],
    ['two minutes after the seal', { ...at, ...closes(null, null), sealedAt: new Date(98.1 * minute) }, 'justAfter'],
    ['from two minutes on', { ...at, ...closes(null, null), sealedAt: new Date(98 * minute) }, 'whileOpen'],
    ['after the close, at once', { ...at, ...closes(100, 100), sealedAt: new Date(99.9 * minute) }, 'afterClose'],
    ['the own close is later: not yet', { ...at, ...closes(90, 110) }, 'whileOpen'],
    ['the exam closes later than for this student: not yet', { ...at, ...closes(110, 90) }, 'whileOpen'],
    ['an exam that never closes', { ...at, ...closes(null, null) }, 'whileOpen'],
  ] as const)('%s', (_, times, phase) => expect(phaseOf(times)).toBe(phase))
})

/** A sealed attempt in the given phase; `told` says what the exam allows in that phase. */
async function sitInPhase(phase: Phase, fields: ReviewFields, release: 'manual' | 'automatic' = 'automatic') {
  const room = await createClassroom(grading, [choiceQuestion('q1', '2')], 1)
  const [pupil] = room.pupils
  if (!pupil) throw new Error('no student')
  const closesAt = phase === 'afterClose' ? ago(1) : null
  const reviewOptions = { ...allHidden, [phase]: fields }
  await deliver('exam.scheduled', { ...room.exam, release, reviewOptions, closesAt: closesAt?.toISOString() ?? null })
  const sealed = await sit(
    grading,
    room,
    pupil,
    { q1: choose('b') },
    { sealedAt: phase === 'whileOpen' ? ago(5) : ago(0), closesAt },
  )
  await deliver('attempt.sealed', sealed)
  const { examId, personId, attemptId } = sealed
  if (phase === 'during') {
    await deliver('attempt.started', {
      attemptId: newId(),
      examId,
      personId,
      number: 2,
      startedAt: new Date().toISOString(),
    })
  }
  return { room, pupil, attemptId }
}
const review = async (pupil: Person, attemptId: string) => ask(pupil, 'GET', `/api/results/${attemptId}/review`)

describe('the review', () => {
  const fields = Object.keys(nothing) as (keyof ReviewFields)[] // the literal's own keys
  const traces: Record<keyof ReviewFields, string[]> = {
    response: ['"response"', '"choice":"b"'],
    correctness: ['"state"', '"isCorrect"'],
    marks: ['"marks"', '"percent"'],
    feedback: ['wrong-q1', 'explanation q1'],
    rightAnswer: ['"rightAnswer"', '"choiceIds"'],
  }
  for (const phase of Phase.options) {
    test.each(fields)(`in the phase ${phase}, %s shows itself alone`, async (field) => {
      const { pupil, attemptId } = await sitInPhase(phase, { ...nothing, [field]: true })
      const { body, text } = await review(pupil, attemptId)
      expect(body.phase).toBe(phase)
      for (const other of fields) {
        for (const trace of traces[other])
          expect([other, trace, text.includes(trace)]).toEqual([other, trace, other === field])
      }
    })
  }

  test('nothing leaves where nothing is allowed, not even the question; "mine" has no marks either', async () => {
    const { pupil, attemptId } = await sitInPhase('whileOpen', nothing)
    const { body, text } = await review(pupil, attemptId)
    expect(body.questions).toEqual([])
    expect(text).not.toContain('stem q1')
    const mine = await ask(pupil, 'GET', '/api/results/mine')
    expect(mine.body.items).toMatchObject([{ attemptId, state: 'released', canReview: false }])
    expect(mine.text).not.toContain('marks')
  })

  test('before a manual release only the own answers show, whatever the options allow; after it all that they allow', async () => {
    const { room, pupil, attemptId } = await sitInPhase('whileOpen', openReview.whileOpen, 'manual')
    const before = await review(pupil, attemptId)
    expect(before.body).toMatchObject({ isReleased: false, questions: [{ response: { choice: 'b' } }] })
    for (const field of fields.filter((each) => each !== 'response')) {
      for (const trace of traces[field]) expect(before.text).not.toContain(trace)
    }
    await ask(room.teacher, 'POST', '/api/releases', { examId: room.exam.examId })
    expect((await review(pupil, attemptId)).body).toMatchObject({
      isReleased: true,
      marks: '0',
      maxMarks: '2',
      percent: '0',
      questions: [
        {
          questionId: 'q1',
          number: 1,
          state: 'wrong',
          isCorrect: false,
          marks: '0',
          feedbackHtml: ['wrong-q1'],
          explanationHtml: 'explanation q1',
          rightAnswer: { kind: 'choices', choiceIds: ['a'] },
        },
      ],
    })
    await ask(room.teacher, 'DELETE', `/api/releases/${room.exam.examId}`)
    expect((await review(pupil, attemptId)).body).toMatchObject({ isReleased: false })
  })

  test('options come in the order in which the student saw them; a snapshot that does not tell has the paper’s', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1', '1', true)], 1)
    const [pupil] = room.pupils
    const [question] = room.paper.questions
    if (!pupil || !question) throw new Error('no student, or no question')
    const orderOf = async (sitting: Parameters<typeof sit>[4]) => {
      const sealed = await sit(grading, room, pupil, { q1: choose('b') }, { sealedAt: ago(5), ...sitting })
      await deliver('attempt.sealed', sealed)
      const { body } = await review(pupil, sealed.attemptId)
      const mine = body.questions[0].view.choices.map(({ id }: { id: string }) => id)
      const detail = await ask(room.teacher, 'GET', `/api/results/${sealed.attemptId}`)
      const theirs = detail.body.questions[0].choices.map(({ id }: { id: string }) => id)
      expect(theirs).toEqual(mine)
      return mine.join('')
    }
    await deliver('exam.scheduled', { ...room.exam, release: 'automatic', reviewOptions: openReview })
    expect(await orderOf({ number: 1 })).toBe('abc')
    const orders = new Set<string>()
    for (let number = 2; number < 12; number++) {
      const attemptId = newId()
      const order = await orderOf({ number, attemptId, shuffleOptions: true })
      orders.add(order)
      const asSeen = arrangeOptions(question, attemptId)
      expect(asSeen.type === 'single-choice' && asSeen.choices.map(({ id }) => id).join('')).toBe(order)
    }
    expect(orders.size).toBeGreaterThan(2)
  })

  test('the close that counts is the later of the exam’s and the student’s own', async () => {
    const { room, pupil, attemptId } = await sitInPhase('afterClose', openReview.afterClose)
    expect((await review(pupil, attemptId)).body).toMatchObject({ phase: 'afterClose', marks: '0' })
    await db
      .update(exams)
      .set({ closesAt: ago(-60) })
      .where(eq(exams.examId, room.exam.examId))
    const { body, text } = await review(pupil, attemptId)
    expect(body).toMatchObject({ phase: 'justAfter', questions: [] })
    expect(text).not.toContain('marks')
  })

  test('a close that moves after the seal moves the phase, whatever is heard of first', async () => {
    const { room, pupil, attemptId } = await sitInPhase('afterClose', openReview.afterClose)
    const place = { examId: room.exam.examId, personId: pupil.personId, number: 1, startedAt: ago(20).toISOString() }
    const move = (closesAt: Date | null, at: Date, id = attemptId) =>
      deliver('attempt.close-moved', { attemptId: id, ...place, closesAt: closesAt?.toISOString() ?? null }, at)
    const phase = async (id = attemptId) => (await review(pupil, id)).body.phase
    await move(ago(-60), new Date())
    expect(await phase()).not.toBe('afterClose')
    await move(ago(1), new Date(Date.now() + 1_000))
    expect(await phase()).toBe('afterClose')
    await move(ago(-60), new Date(Date.now() - 1_000))
    expect(await phase()).toBe('afterClose')

    const other = await sit(grading, room, pupil, {}, { number: 2, sealedAt: ago(5), closesAt: ago(-60) })
    await move(ago(1), new Date(Date.now() + 1_000), other.attemptId)
    await deliver('attempt.sealed', other)
    expect(await phase(other.attemptId)).toBe('afterClose')
  })

  test('an attempt that is not sealed has a review without questions', async () => {
    const { room, pupil } = await sitInPhase('during', openReview.during)
    const attemptId = newId()
    const { examId } = room.exam
    await deliver('attempt.started', {
      attemptId,
      examId,
      personId: pupil.personId,
      number: 3,
      startedAt: new Date().toISOString(),
    })
    expect((await review(pupil, attemptId)).body).toMatchObject({ phase: 'during', sealedAt: null, questions: [] })
  })
})
