import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import type { Envelope } from '@hourglass/events/contracts'
import { digestOf } from '@hourglass/questions/canonical'
import { Key } from '@hourglass/questions/key'
import { Paper } from '@hourglass/questions/paper'
import { emptyText } from '@hourglass/questions/question'
import { testCaller } from '@hourglass/testing/service'
import {
  addQuestion,
  addQuiz,
  type Client,
  choiceQuestion,
  createAppUnderTest,
  dataOf,
  plain,
  sectionOf,
} from '../app-under-test'
import { createJobs } from '../jobs'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
const told: Envelope[] = []
beforeAll(async () => {
  under = await createAppUnderTest()
  const receive = async (envelope: Envelope) => void told.push(envelope)
  await under.bus.subscribe({ consumer: 'test', names: ['quiz.published'], receive, park: async () => {} })
})
beforeEach(async () => {
  ada = await under.signIn('teacher', 'Ada')
})
afterAll(() => under.close())

const publish = async (id: string) => dataOf(await ada.api.quizzes({ id }).publish.post({}))
const askAsGrading = testCaller('grading')('quizzes', async (request) => under.app.handle(request))
const bodyOf = async (path: string) => (await askAsGrading(new Request(`http://localhost${path}`))).text()
const draw = (tag: string, count: number, maxMarks: string | null = null) => ({
  kind: 'draw' as const,
  tag,
  count,
  maxMarks,
})

describe('a version', () => {
  test('is named by its digest, and paper and key by theirs', async () => {
    const quiz = await addQuiz(ada, [(await addQuestion(ada)).id])
    const published = await publish(quiz.id)
    expect(published).toMatchObject({ number: 1, isNew: true, questionCount: 1, maxMarks: '1', title: 'Geography' })
    const { content } = dataOf(await ada.api.versions({ digest: published.digest }).get())
    expect(await digestOf(content)).toBe(published.digest)
    const paper = await bodyOf(`/internal/papers/${published.paperDigest}`)
    const key = await bodyOf(`/internal/keys/${published.keyDigest}`)
    const sha256 = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest('hex')
    expect([sha256(paper), sha256(key)]).toEqual([published.paperDigest, published.keyDigest])
    expect(Key.parse(JSON.parse(key)).paperDigest).toBe(published.paperDigest)
    expect(Paper.parse(JSON.parse(paper)).questions).toHaveLength(1)
  })

  test('has nothing of the key in its paper', async () => {
    const canary = `CANARY${Bun.randomUUIDv7()}`
    const question = choiceQuestion({
      title: canary,
      explanation: plain(canary),
      tags: [canary.slice(0, 40)],
      choices: [
        { id: 'a', text: plain('A'), weight: '100', feedback: plain(canary) },
        { id: 'b', text: plain('B'), weight: '-33.33333', feedback: plain(canary) },
      ],
    })
    const quiz = await addQuiz(ada, [(await addQuestion(ada, question)).id])
    const { paperDigest, keyDigest } = await publish(quiz.id)
    const paper = await bodyOf(`/internal/papers/${paperDigest}`)
    expect(paper).not.toContain('CANARY')
    expect(paper).not.toContain('33.33333')
    expect(await bodyOf(`/internal/keys/${keyDigest}`)).toContain(canary)
  })

  test('does not change with the draft, and an unchanged draft makes no other', async () => {
    const question = await addQuestion(ada)
    const quiz = await addQuiz(ada, [question.id])
    const first = await publish(quiz.id)
    expect(await publish(quiz.id)).toEqual({ ...first, isNew: false })
    const before = dataOf(await ada.api.versions({ digest: first.digest }).get())
    const change = { revision: 1, question: choiceQuestion({ title: 'Changed' }) }
    dataOf(await ada.api.questions({ id: question.id }).put(change))
    expect(dataOf(await ada.api.versions({ digest: first.digest }).get())).toEqual(before)
    const second = await publish(quiz.id)
    expect(second).toMatchObject({ number: 2, isNew: true, paperDigest: first.paperDigest })
    const { items } = dataOf(await ada.api.quizzes({ id: quiz.id }).versions.get({ query: { limit: 50 } }))
    expect(items.map(({ number }) => number)).toEqual([2, 1])
  })

  test('is made once by many who publish at the same moment, and told once', async () => {
    const quiz = await addQuiz(ada, [(await addQuestion(ada)).id])
    const published = await Promise.all(Array.from({ length: 6 }, () => publish(quiz.id)))
    expect(new Set(published.map(({ digest }) => digest)).size).toBe(1)
    expect(published.filter(({ isNew }) => isNew)).toHaveLength(1)
    for (const job of createJobs(under.deps)) await job.run()
    const events = told.filter(({ data }) => (data as { quizId: string }).quizId === quiz.id)
    const { digest, paperDigest, keyDigest, title, number, ownerId } = published[0] ?? (await publish(quiz.id))
    expect(events.map(({ data }) => data)).toEqual([
      { quizId: quiz.id, digest, paperDigest, keyDigest, title, number, ownerId },
    ])
  })

  test('counts the marks that hold: overrides and draws', async () => {
    for (const maxMarks of ['1', '1.0', '1']) await addQuestion(ada, choiceQuestion({ maxMarks, tags: ['pool'] }))
    const fixed = await addQuestion(ada, choiceQuestion({ maxMarks: '0.1', tags: ['pool'] }))
    const other = await addQuestion(ada, choiceQuestion({ maxMarks: '9' }))
    const items = [
      { kind: 'fixed' as const, questionId: fixed.id, maxMarks: null },
      { kind: 'fixed' as const, questionId: other.id, maxMarks: '0.2' },
      draw('pool', 2),
    ]
    const quiz = dataOf(await ada.api.quizzes.post({ title: 'Marks', sections: [sectionOf([], { items })] }))
    const published = await publish(quiz.id)
    expect(published).toMatchObject({ questionCount: 4, maxMarks: '2.3' })
    const paper = Paper.parse(JSON.parse(await bodyOf(`/internal/papers/${published.paperDigest}`)))
    expect(paper.questions.find(({ id }) => id === other.id)?.maxMarks).toBe('0.2')
    const pool = paper.sections[0]?.items[2]
    expect(pool).toMatchObject({ kind: 'draw', count: 2 })
    expect(JSON.stringify(pool)).not.toContain(fixed.id)
  })
})

describe('a draft that is not sound', () => {
  test('is refused with every fault by question and section, and nothing is stored', async () => {
    const empty = await addQuestion(ada, choiceQuestion({ title: 'Empty one', stem: emptyText }))
    const half = { id: 'a', text: plain('Half'), weight: '50', feedback: emptyText }
    const wrong = await addQuestion(ada, choiceQuestion({ title: 'Half right', choices: [half, { ...half, id: 'b' }] }))
    await addQuestion(ada, choiceQuestion({ tags: ['rare'] }))
    const sections = [
      sectionOf([empty.id, wrong.id], { title: 'Part 1' }),
      sectionOf([], { id: 's2', title: 'Part 2' }),
      sectionOf([], { id: 's3', title: '', items: [draw('rare', 3)] }),
    ]
    const quiz = dataOf(await ada.api.quizzes.post({ title: 'Faulty', sections }))
    const { error } = await ada.api.quizzes({ id: quiz.id }).publish.post({})
    expect(error?.status as number).toBe(422)
    const faults = [
      { questionId: null, title: 'Part 2', section: 'Part 2', message: 'The section is empty.' },
      { questionId: empty.id, title: 'Empty one', section: 'Part 1', message: 'The question text is empty.' },
      { questionId: wrong.id, title: 'Half right', section: 'Part 1', message: 'Two options say the same: “Half”.' },
      {
        questionId: wrong.id,
        title: 'Half right',
        section: 'Part 1',
        message: 'The best option earns only 50 %; one must earn 100 %.',
      },
      {
        questionId: null,
        title: '3 drawn from “rare”',
        section: 'Section 3',
        message: 'The bank has 1 question with the tag “rare” to draw from; 3 are to be drawn.',
      },
    ]
    expect(error?.value).toMatchObject({ kind: 'not-publishable', faults })
    expect(dataOf(await ada.api.quizzes({ id: quiz.id }).check.get())).toEqual({ isPublishable: false, faults })
    expect(dataOf(await ada.api.quizzes({ id: quiz.id }).versions.get({ query: { limit: 5 } })).items).toEqual([])
  })

  test.each<[string, ReturnType<typeof draw>[], string]>([
    ['draws that may leave too few for the next', [draw('x', 2), draw('x', 1)], 'may leave only 0 questions'],
    ['a pool of questions with different marks', [draw('y', 1)], 'different marks (1, 2)'],
    ['draws that give one question two marks', [draw('x', 1, '1'), draw('x', 1, '2')], 'gives them other marks'],
  ])('names %s', async (_, items, words) => {
    await addQuestion(ada, choiceQuestion({ tags: ['x', 'y'] }))
    await addQuestion(ada, choiceQuestion({ tags: ['x'] }))
    await addQuestion(ada, choiceQuestion({ maxMarks: '2', tags: ['y'] }))
    const quiz = dataOf(await ada.api.quizzes.post({ title: 'Draws', sections: [sectionOf([], { items })] }))
    const { faults } = dataOf(await ada.api.quizzes({ id: quiz.id }).check.get())
    expect(faults.map(({ message }) => message).join('\n')).toContain(words)
  })

  test('names a question that is gone or stands twice, and an empty quiz', async () => {
    const question = await addQuestion(ada)
    const quiz = await addQuiz(ada, [question.id, question.id])
    await under.store.deleteQuestion(question.id, 1)
    const { faults } = dataOf(await ada.api.quizzes({ id: quiz.id }).check.get())
    expect(faults.map(({ message }) => message)).toEqual([
      'This question is no longer in the bank.',
      'This question is no longer in the bank.',
      'This question stands in the quiz twice.',
    ])
    const empty = dataOf(await ada.api.quizzes.post({ title: 'Nothing' }))
    expect((await ada.api.quizzes({ id: empty.id }).publish.post({})).status as number).toBe(422)
  })

  test('is not published from a revision that its publisher has not seen', async () => {
    const quiz = await addQuiz(ada, [(await addQuestion(ada)).id])
    const { error } = await ada.api.quizzes({ id: quiz.id }).publish.post({ revision: 7 })
    expect(error?.value).toMatchObject({ kind: 'stale-revision', revision: 1 })
  })
})
