import { afterAll, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  newId,
  publish,
  sit,
  write,
} from '../../fixtures/classroom'
import { correctKey } from '../regrades/correct-key'
import { attempts, outbox, parked, questionResults, results } from '../schema'
import { markAttempt } from './mark-attempt'
import { reconcile } from './reconcile'
import { readSnapshot } from './snapshot'

const grading = await createGrading()
const { db, deliver } = grading
afterAll(() => grading.close())

const resultOf = async (attemptId: string) => {
  const [row] = await db.select().from(results).where(eq(results.attemptId, attemptId))
  return row
}
const eventsOf = async (attemptId: string, name: string) =>
  (await db.select().from(outbox).where(eq(outbox.name, name))).filter(
    ({ data }) => (data as { attemptId: string }).attemptId === attemptId,
  )
const firstOf = <T>(items: readonly T[]): T => {
  const [item] = items
  if (item === undefined) throw new Error('empty')
  return item
}

describe('a sealed attempt', () => {
  test('is marked once, whatever is delivered how often, and the total is exact', async () => {
    const room = await createClassroom(
      grading,
      ['q1', 'q2', 'q3'].map((id) => choiceQuestion(id, '1.3')),
    )
    await deliver('exam.scheduled', room.exam)
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose('a'), q2: choose('a'), q3: choose('a') })
    const id = newId()
    await Promise.all(Array.from({ length: 4 }, () => deliver('attempt.sealed', sealed, new Date(), id)))
    const first = await resultOf(sealed.attemptId)
    await deliver('attempt.sealed', sealed)
    await reconcile(grading.deps)
    expect(await resultOf(sealed.attemptId)).toEqual(first)
    expect(await resultOf(sealed.attemptId)).toMatchObject({ marks: '3.9', maxMarks: '3.9', needsMarking: false })
    expect(await eventsOf(sealed.attemptId, 'result.ready')).toHaveLength(1)
  })

  test('its question marks add up to its total (I13), and a pure marking of the snapshot gives the same (I3)', async () => {
    const room = await createClassroom(grading, [
      choiceQuestion('q1', '0.1'),
      choiceQuestion('q2', '0.2'),
      choiceQuestion('q3'),
    ])
    await deliver('exam.scheduled', room.exam)
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose('a'), q2: choose('c'), q3: choose('b') })
    await deliver('attempt.sealed', sealed)
    const [attempt] = await db.select().from(attempts).where(eq(attempts.attemptId, sealed.attemptId))
    const pure = await markAttempt(
      correctKey(room.key, [], new Map()),
      readSnapshot(attempt?.snapshot ?? ''),
      room.exam,
      new Map(),
    )
    const stored = await db
      .select()
      .from(questionResults)
      .where(eq(questionResults.attemptId, sealed.attemptId))
      .orderBy(questionResults.position)
    expect(stored.map(({ attemptId, gradingVersion, examId, ...mark }) => mark)).toEqual(pure.questions)
    expect(stored.map(({ marks }) => marks)).toEqual(['0.1', '0.1', '0'])
    expect((await resultOf(sealed.attemptId))?.marks).toBe('0.2')
  })

  test('negative marks are kept only where the exam says so', async () => {
    for (const [negativeMarks, marks] of [
      [false, '0'],
      [true, '-1'],
    ] as const) {
      const room = await createClassroom(grading, [choiceQuestion('q1', '2')])
      await deliver('exam.scheduled', { ...room.exam, negativeMarks })
      const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose('b') })
      await deliver('attempt.sealed', sealed)
      expect((await resultOf(sealed.attemptId))?.marks).toBe(marks)
    }
  })

  test.each([
    ['a', 1, '1'],
    ['a', 2, '2'],
    ['a', 3, '3'],
    ['b', 1, '0'],
    ['b', 2, '-2'],
    ['b', 3, '-6'],
    [null, 3, '0'],
  ] as const)('certainty-based marking of %p at %p earns %p thirds', async (choice, certainty, thirds) => {
    const room = await createClassroom(grading, [choiceQuestion('q1', '3')])
    await deliver('exam.scheduled', { ...room.exam, certainty: true })
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose(choice, certainty) })
    await deliver('attempt.sealed', sealed)
    expect((await resultOf(sealed.attemptId))?.marks).toBe(thirds)
  })

  test('an answer of another type than its question waits for a person and is no silent 0', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1')])
    await deliver('exam.scheduled', room.exam)
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: write('a') })
    await deliver('attempt.sealed', sealed)
    expect(await resultOf(sealed.attemptId)).toMatchObject({ needsMarking: true })
  })

  test('U+0000 and a lone surrogate in an answer are kept byte for byte', async () => {
    const room = await createClassroom(grading, [essayQuestion('e1')])
    await deliver('exam.scheduled', room.exam)
    const sealed = await sit(grading, room, firstOf(room.pupils), { e1: write('a\u0000b\ud800c') })
    await deliver('attempt.sealed', sealed)
    const [attempt] = await db.select().from(attempts).where(eq(attempts.attemptId, sealed.attemptId))
    expect(readSnapshot(attempt?.snapshot ?? '').answers[0]?.response).toEqual(write('a\u0000b\ud800c'))
    expect(await resultOf(sealed.attemptId)).toMatchObject({ needsMarking: true })
  })
})

describe('whatever comes late or wrong', () => {
  test('an outage of the content and of the exam room parks nothing; the reconciler finishes', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1')])
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose('a') })
    Object.assign(grading.faults, { content: true, snapshot: true })
    await deliver('attempt.sealed', sealed)
    await deliver('exam.scheduled', room.exam)
    await reconcile(grading.deps)
    expect(await resultOf(sealed.attemptId)).toBeUndefined()
    Object.assign(grading.faults, { content: false, snapshot: false })
    await reconcile(grading.deps)
    expect(await resultOf(sealed.attemptId)).toMatchObject({ marks: '1' })
    expect(await db.$count(parked)).toBe(0)
  })

  test('a body that is not the one its digest names is never used: the event is parked, its neighbours go on', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1')])
    const [one, two] = [firstOf(room.pupils), firstOf(room.pupils.slice(1))]
    await deliver('exam.scheduled', room.exam)
    const [forged, honest] = [
      await sit(grading, room, one, { q1: choose('b') }),
      await sit(grading, room, two, { q1: choose('a') }),
    ]
    const other = await sit(grading, room, one, { q1: choose('a') }, { attemptId: forged.attemptId })
    grading.bodies.set(forged.snapshotDigest, grading.bodies.get(other.snapshotDigest))
    await deliver('attempt.sealed', forged)
    await deliver('attempt.sealed', honest)
    expect(await resultOf(forged.attemptId)).toBeUndefined()
    expect(await resultOf(honest.attemptId)).toMatchObject({ marks: '1' })
    const rows = await db.select().from(parked)
    expect(rows.map(({ reason }) => reason).join()).toContain('came with the digest')
    await db.delete(parked)
  })

  test('a late arrival that is accepted replaces the result; an unchanged essay keeps its mark, a changed one waits again', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1'), essayQuestion('e1'), essayQuestion('e2')])
    await deliver('exam.scheduled', room.exam)
    const pupil = firstOf(room.pupils)
    const first = await sit(grading, room, pupil, { q1: choose('b'), e1: write('same'), e2: write('old') })
    await deliver('attempt.sealed', first, new Date(1_000))
    for (const questionId of ['e1', 'e2']) {
      const answer = await grading.ask(room.teacher, 'PUT', `/api/marks/${first.attemptId}/${questionId}`, {
        marks: '3',
        comment: 'good',
        revision: 0,
      })
      expect(answer.status).toBe(200)
    }
    expect(await resultOf(first.attemptId)).toMatchObject({ marks: '6', needsMarking: false })
    const again = await sit(
      grading,
      room,
      pupil,
      { q1: choose('a'), e1: write('same'), e2: write('new') },
      { attemptId: first.attemptId, cause: 'late-accepted', revision: 2 },
    )
    await deliver('attempt.sealed', again, new Date(500))
    expect(await resultOf(first.attemptId)).toMatchObject({ marks: '4', needsMarking: true })
    await deliver('attempt.sealed', first, new Date(1_000))
    expect(await resultOf(first.attemptId)).toMatchObject({ marks: '4', needsMarking: true })
    expect(await db.$count(results, eq(results.attemptId, first.attemptId))).toBe(1)
  })

  test('an attempt is marked by the version that it pinned although the exam moved on', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1', '1')])
    await deliver('exam.scheduled', room.exam)
    const sealed = await sit(grading, room, firstOf(room.pupils), { q1: choose('a') })
    const next = await publish(grading, [choiceQuestion('q1', '5')])
    await deliver('exam.changed', {
      ...room.exam,
      revision: 2,
      paperDigest: next.paperDigest,
      keyDigest: next.keyDigest,
    })
    await deliver('attempt.sealed', sealed)
    expect(await resultOf(sealed.attemptId)).toMatchObject({ marks: '1', maxMarks: '1' })
  })

  test('any order and any repetition of the events ends in the same state (I3, I13)', async () => {
    const order = fc.tuple(fc.infiniteStream(fc.nat()), fc.array(fc.nat({ max: 5 }), { maxLength: 6 }))
    await fc.assert(
      fc.asyncProperty(order, async ([places, repeats]) => {
        const room = await createClassroom(grading, [choiceQuestion('q1', '2'), choiceQuestion('q2', '1')])
        const { exam } = room
        const pupil = firstOf(room.pupils)
        const first = await sit(grading, room, pupil, { q1: choose('b'), q2: choose('b') })
        const { attemptId } = first
        const late = await sit(
          grading,
          room,
          pupil,
          { q1: choose('a'), q2: choose('b') },
          { attemptId, cause: 'late-accepted', revision: 2 },
        )
        const { examId, personId, number, startedAt } = first
        const told = [
          (id: string) => deliver('exam.scheduled', exam, new Date(1), id),
          (id: string) => deliver('exam.changed', { ...exam, revision: 2, negativeMarks: true }, new Date(2), id),
          (id: string) =>
            deliver(
              'exam.changed',
              { ...exam, revision: 3, negativeMarks: true, release: 'automatic' },
              new Date(3),
              id,
            ),
          (id: string) =>
            deliver('attempt.started', { attemptId, examId, personId, number, startedAt }, new Date(4), id),
          (id: string) => deliver('attempt.sealed', first, new Date(5), id),
          (id: string) => deliver('attempt.sealed', late, new Date(6), id),
        ].map((tell) => ({ tell, id: newId() }))
        const shuffled = [...told, ...repeats.flatMap((index) => told[index] ?? [])]
          .map((each) => ({ each, place: places.next().value }))
          .sort((a, b) => a.place - b.place)
        for (const { each } of shuffled) await each.tell(each.id)
        expect(await resultOf(attemptId)).toMatchObject({ marks: '1.5', maxMarks: '3', needsMarking: false })
        const marks = await db
          .select()
          .from(questionResults)
          .where(and(eq(questionResults.attemptId, attemptId)))
          .orderBy(questionResults.position)
        expect(marks.map((mark) => [mark.state, mark.marks])).toEqual([
          ['correct', '2'],
          ['wrong', '-0.5'],
        ])
        expect(await eventsOf(attemptId, 'result.released')).toHaveLength(1)
        expect(await db.$count(parked)).toBe(0)
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
