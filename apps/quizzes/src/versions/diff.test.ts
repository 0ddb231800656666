import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Question } from '@hourglass/questions/question'
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
import { describeQuestion } from './describe'
import { longestRise } from './longest-rise'
import { changeWords } from './words'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
beforeAll(async () => {
  under = await createAppUnderTest()
  ada = await under.signIn('teacher', 'Ada')
})
afterAll(() => under.close())

test('a difference says in words what was added, removed, moved and changed', async () => {
  const [a, b, c, d, e] = await Promise.all(
    ['A', 'B', 'C', 'D', 'E'].map((title) => addQuestion(ada, choiceQuestion({ title }))),
  )
  if (!a || !b || !c || !d || !e) throw new Error('a question is missing')
  const quiz = await addQuiz(ada, [a.id, b.id, c.id, d.id], 'Before')
  const first = dataOf(await ada.api.quizzes({ id: quiz.id }).publish.post({}))
  const choices = [
    { id: 'a', text: plain('Paris'), weight: '100', feedback: plain('') },
    { id: 'b', text: plain('Lyon'), weight: '-50', feedback: plain('No.') },
  ]
  dataOf(await ada.api.questions({ id: b.id }).put({ revision: 1, question: choiceQuestion({ title: 'B', choices }) }))
  const { intro, settings } = quiz
  const sections = [sectionOf([e.id, c.id, b.id, d.id])]
  const change = { revision: 1, title: 'After', intro, settings: { ...settings, limitSeconds: 600 }, sections }
  dataOf(await ada.api.quizzes({ id: quiz.id }).put(change))
  const second = dataOf(await ada.api.quizzes({ id: quiz.id }).publish.post({}))

  const diff = dataOf(await ada.api.versions({ digest: second.digest }).diff.get({ query: { against: first.digest } }))
  expect([diff.before?.number, diff.after.number]).toEqual([1, 2])
  expect(diff.quiz).toEqual([
    { what: 'title', before: 'Before', after: 'After' },
    { what: 'time limit', before: 'none', after: '600 s' },
  ])
  expect(diff.questions.map(({ kind, title, place }) => [kind, title, place])).toEqual([
    ['added', 'E', 'Section A, place 1'],
    ['removed', 'A', 'Section A, place 1'],
    ['moved', expect.stringMatching(/B|C/), expect.any(String)],
    ['changed', 'B', 'Section A, place 3'],
  ])
  expect(diff.questions[3]?.changes).toEqual([
    { what: 'option 2, weight', before: '0 %', after: '-50 %' },
    { what: 'option 2, feedback', before: null, after: 'No.' },
  ])
  expect(diff.summary).toContain('“B” changed, option 2, weight: “0 %” → “-50 %”')
  expect(diff.summary).toContain('“E” added: Section A, place 1')
  expect(dataOf(await ada.api.versions({ digest: second.digest }).diff.get({ query: {} }))).toEqual(diff)
})

test('a first version differs from nothing', async () => {
  const quiz = await addQuiz(ada, [(await addQuestion(ada)).id])
  const { digest } = dataOf(await ada.api.quizzes({ id: quiz.id }).publish.post({}))
  const diff = dataOf(await ada.api.versions({ digest }).diff.get({ query: {} }))
  expect(diff.before).toBeNull()
  expect(diff.questions.map(({ kind }) => kind)).toEqual(['added'])
})

test('a version of another quiz is nothing to compare with', async () => {
  const digests = await Promise.all(
    ['One', 'Two'].map(async (title) => {
      const quiz = await addQuiz(ada, [(await addQuestion(ada)).id], title)
      return dataOf(await ada.api.quizzes({ id: quiz.id }).publish.post({})).digest
    }),
  )
  const [digest = '', against = ''] = digests
  expect((await ada.api.versions({ digest }).diff.get({ query: { against } })).status as number).toBe(404)
})

test('the longest rise is found', () => {
  expect(longestRise([])).toEqual([])
  expect(longestRise([5, 1, 2, 6, 3])).toEqual([1, 2, 3])
  expect(longestRise([3, 2, 1])).toHaveLength(1)
})

test('every line of a description is named by a word that pages know', () => {
  const known = new Set<string>(changeWords)
  const gap = (id: string, more: object) => ({ id, share: '1', ...more })
  const accepted = [{ pattern: 'x', weight: '100', feedback: plain('f') }]
  const numbers = [{ match: { kind: 'absolute', value: '1', tolerance: '0' }, weight: '100', feedback: plain('f') }]
  const units = [{ name: 'm', multiplier: '1' }]
  const choices = [{ id: 'a', text: plain('A'), weight: '100', feedback: plain('f') }]
  const all = [
    { type: 'single-choice', choices, shuffle: true },
    { type: 'true-false', answer: true, feedbackTrue: plain('t'), feedbackFalse: plain('f') },
    { type: 'short-answer', accepted, caseSensitive: true },
    { type: 'numeric', accepted: numbers, units, unitRule: 'optional' },
    { type: 'matching', pairs: [{ prompt: plain('p'), match: 'm' }], distractors: ['d'], shuffle: true },
    { type: 'ordering', items: [plain('a'), plain('b')], credit: 'pairs' },
    {
      type: 'gap-fill',
      gaps: [
        gap('1', { kind: 'choice', choices, shuffle: false }),
        gap('b-2', { kind: 'short', accepted, caseSensitive: false }),
        gap('3', { kind: 'numeric', accepted: numbers, units, unitRule: 'none' }),
      ],
    },
    { type: 'essay', template: 't', maxWords: 5, markingNotes: plain('n') },
  ]
  const base = { id: 'q', title: 'T', stem: plain('s'), maxMarks: '1', explanation: plain('e'), tags: ['t'] }
  const lines = all.flatMap((more) => [...describeQuestion(Question.parse({ ...base, ...more })).keys()])
  const words = lines.flatMap((line) => line.split(', ').map((part) => part.replace(/ (\d+|[\w-]*\d)$/, '')))
  expect(words.length).toBeGreaterThan(60)
  expect(words.filter((word) => !known.has(word))).toEqual([])
})
