import { afterAll, describe, expect, test } from 'bun:test'
import { choiceQuestion, choose, createClassroom, createGrading, sit } from '../../fixtures/classroom'
import type { Statistics } from './model'

const grading = await createGrading()
afterAll(() => grading.close())

describe('statistics of an exam', () => {
  test('first attempts count by default and any other choice is labelled', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1')], 1)
    await grading.deliver('exam.scheduled', room.exam)
    for (const pupil of room.pupils) {
      await grading.deliver('attempt.sealed', await sit(grading, room, pupil, { q1: choose('b') }))
      await grading.deliver('attempt.sealed', await sit(grading, room, pupil, { q1: choose('a') }, { number: 2 }))
    }
    const get = async (query: string): Promise<Statistics> =>
      (await grading.ask(room.teacher, 'GET', `/api/statistics/${room.exam.examId}${query}`)).body
    expect(await get('')).toMatchObject({ attempts: 'first', size: 1, questions: [{ facility: 0 }] })
    const all = await get('?attempts=all')
    expect(all).toMatchObject({ attempts: 'all', size: 2, questions: [{ facility: 0.5 }] })
    expect(all.findings.map(({ kind }) => kind)).toContain('not-first-attempts')
    expect((await get('?attempts=last')).questions[0]?.facility).toBe(1)
    expect((await get('?attempts=highest')).questions[0]?.facility).toBe(1)
  })

  test('too few attempts are said, and a wrong option that drew the best students is named in words', async () => {
    const questions = ['q1', 'q2', 'q3', 'q4'].map((id) => choiceQuestion(id))
    const room = await createClassroom(grading, questions, 9)
    await grading.deliver('exam.scheduled', room.exam)
    for (const [index, pupil] of room.pupils.entries()) {
      const isStrong = index < 4
      const others = isStrong ? choose('a') : choose(null)
      const sealed = await sit(grading, room, pupil, {
        q1: choose(isStrong ? 'b' : 'a'),
        q2: others,
        q3: others,
        q4: others,
      })
      await grading.deliver('attempt.sealed', sealed)
    }
    const { body } = await grading.ask(room.teacher, 'GET', `/api/statistics/${room.exam.examId}`)
    const { isTooFew, findings, questions: described }: Statistics = body
    expect(isTooFew).toBe(true)
    expect(findings.find(({ kind }) => kind === 'wrong-key')).toMatchObject({
      questionId: 'q1',
      optionId: 'b',
      message: 'Question 1: option B drew the best students: is the key wrong?',
    })
    expect(findings.filter(({ questionId }) => questionId === 'q1').map(({ kind }) => kind)).toContain(
      'negative-discrimination',
    )
    expect(described[0]?.options.find(({ optionId }) => optionId === 'b')).toMatchObject({
      count: 4,
      upper: 3,
      lower: 0,
    })
    expect(described[0]?.facilityInterval).not.toBeNull()
  })

  test('an exam that nobody sat has statistics without numbers', async () => {
    const room = await createClassroom(grading, [choiceQuestion('q1')])
    await grading.deliver('exam.scheduled', room.exam)
    const { status, body } = await grading.ask(room.teacher, 'GET', `/api/statistics/${room.exam.examId}`)
    expect([status, body.size, body.totals.mean, body.questions]).toEqual([200, 0, null, []])
  })
})
