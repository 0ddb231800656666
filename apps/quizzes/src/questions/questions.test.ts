import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { QuestionType } from '@hourglass/questions/question'
import { addQuestion, addQuiz, type Client, choiceQuestion, createAppUnderTest, dataOf, plain } from '../app-under-test'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
beforeAll(async () => {
  under = await createAppUnderTest()
  ada = await under.signIn('teacher', 'Ada')
})
afterAll(() => under.close())

test('the bank is searched by words in title, text and tags, by tag and by type', async () => {
  const cleo = await under.signIn('teacher')
  await addQuestion(cleo, choiceQuestion({ title: 'Rivers', stem: plain('The Seine flows where?'), tags: ['water'] }))
  await addQuestion(cleo, choiceQuestion({ title: 'Hills', tags: ['land', 'water'] }))
  await addQuestion(cleo, {
    ...common,
    type: 'true-false',
    answer: true,
    feedbackTrue: plain(''),
    feedbackFalse: plain(''),
  })
  const titles = async (query: { query?: string; tag?: string; type?: QuestionType }) =>
    dataOf(await cleo.api.questions.get({ query: { limit: 50, ...query } })).items.map(({ question }) => question.title)
  expect(await titles({ query: 'seine' })).toEqual(['Rivers'])
  expect(await titles({ query: 'LAND hills' })).toEqual(['Hills'])
  expect(await titles({ tag: 'water' })).toEqual(['Hills', 'Rivers'])
  expect(await titles({ type: 'true-false' })).toEqual(['True or not'])
  expect(await titles({ tag: 'water', query: 'nothing' })).toEqual([])
  const page = dataOf(await cleo.api.questions.get({ query: { limit: 2 } }))
  expect(page.items).toHaveLength(2)
  expect(dataOf(await cleo.api.questions.get({ query: { limit: 2, cursor: page.next ?? '' } })).items).toHaveLength(1)
  expect(dataOf(await cleo.api.questions.tags.get()).items).toEqual([
    { tag: 'water', count: 2 },
    { tag: 'land', count: 1 },
  ])
})

const common = {
  id: 'new',
  title: 'True or not',
  stem: plain('Water is wet.'),
  maxMarks: '1',
  explanation: plain(''),
  tags: [],
}

test('a question keeps the id of its document whatever is sent', async () => {
  const created = await addQuestion(ada, choiceQuestion({ id: 'mine' }))
  expect(created.question.id).toBe(created.id)
  const change = { revision: 1, question: choiceQuestion({ id: 'other' }) }
  expect(dataOf(await ada.api.questions({ id: created.id }).put(change)).question.id).toBe(created.id)
})

test('a stale save of a question is told who was faster', async () => {
  const { id } = await addQuestion(ada)
  const change = (title: string) => ({ revision: 1, question: choiceQuestion({ title }) })
  dataOf(await ada.api.questions({ id }).put(change('First')))
  const { error } = await ada.api.questions({ id }).put(change('Second'))
  expect(error?.value).toMatchObject({ kind: 'stale-revision', revision: 2, updatedBy: { name: 'Ada' } })
  expect(dataOf(await ada.api.questions({ id }).get()).question.title).toBe('First')
})

test('a question that a quiz holds is not deleted, and the refusal names the quiz', async () => {
  const { id } = await addQuestion(ada)
  const quiz = await addQuiz(ada, [id], 'Holder')
  expect(dataOf(await ada.api.questions({ id }).get()).usedIn).toEqual([{ quizId: quiz.id, title: 'Holder' }])
  const { error } = await ada.api.questions({ id }).delete()
  expect(error?.status as number).toBe(409)
  expect(error?.value).toMatchObject({ kind: 'question-in-use', quizzes: [{ quizId: quiz.id, title: 'Holder' }] })
  await ada.api.quizzes({ id: quiz.id }).delete()
  expect((await ada.api.questions({ id }).delete()).status).toBe(204)
  expect((await ada.api.questions({ id }).get()).status as number).toBe(404)
})

test('a preview is what the student sees and what marks it, with formulas rendered and scripts gone', async () => {
  const stem = {
    format: 'html' as const,
    text: '<b>Sum</b> \\(x^2\\)<script>alert(1)</script><img src="https://evil.example/a.png">',
  }
  const preview = dataOf(await ada.api.questions.preview.post({ question: choiceQuestion({ stem }) }))
  expect(preview.paper.html).toContain('<b>Sum</b>')
  expect(preview.paper.html).toContain('<math')
  expect(preview.paper.html).not.toContain('script')
  expect(preview.paper.html).not.toContain('evil')
  expect(preview.notes).not.toEqual([])
  expect(JSON.stringify(preview.paper)).not.toContain('weight')
  expect(preview.key).toMatchObject({
    choices: [
      { id: 'a', weight: '100' },
      { id: 'b', weight: '0' },
    ],
  })
  expect(preview.faults).toEqual([])
})
