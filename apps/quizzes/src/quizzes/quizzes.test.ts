import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
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
import type { Quiz, QuizChange } from './model'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
let ben: Client
beforeAll(async () => {
  under = await createAppUnderTest()
  ada = await under.signIn('teacher', 'Ada')
  ben = await under.signIn('teacher', 'Ben')
})
afterAll(() => under.close())

const changeOf = ({ revision, title, intro, sections, settings }: Quiz, changes: Partial<QuizChange> = {}) => ({
  revision,
  title,
  intro,
  sections,
  settings,
  ...changes,
})
const share = async (quiz: Quiz) =>
  dataOf(await ada.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { editorIds: [ben.personId] })))

describe('drafts', () => {
  test('a second editor is told who was faster and when, and overwrites nothing', async () => {
    const quiz = await share(await addQuiz(ada, []))
    const bens = dataOf(await ben.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { title: 'Ben was here' })))
    const { error } = await ada.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { title: 'Ada too' }))
    expect(error?.status as number).toBe(409)
    expect(error?.value).toMatchObject({
      kind: 'stale-revision',
      revision: 3,
      updatedAt: bens.updatedAt,
      updatedBy: { personId: ben.personId, name: 'Ben' },
    })
    expect(dataOf(await ada.api.quizzes({ id: quiz.id }).get()).title).toBe('Ben was here')
  })

  test('of many saves of one revision at once exactly one is kept', async () => {
    const quiz = await addQuiz(ada, [])
    // With all connections open the saves truly meet.
    await Promise.all(Array.from({ length: 16 }, () => ada.api.quizzes({ id: quiz.id }).get()))
    const saves = Array.from({ length: 8 }, (_, index) =>
      ada.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { title: `Try ${index}` })),
    )
    const kept = (await Promise.all(saves)).flatMap(({ data }) => data ?? [])
    expect(kept).toHaveLength(1)
    expect(dataOf(await ada.api.quizzes({ id: quiz.id }).get())).toEqual(kept[0] as Quiz)
  })

  test('a save whose answer was lost may come again', async () => {
    const quiz = await addQuiz(ada, [])
    const change = changeOf(quiz, { title: 'Once' })
    const first = dataOf(await ada.api.quizzes({ id: quiz.id }).put(change))
    expect(dataOf(await ada.api.quizzes({ id: quiz.id }).put(change))).toEqual(first)
  })

  test('an editor changes content but neither the editors nor whether the quiz exists', async () => {
    const quiz = await share(await addQuiz(ada, []))
    const widened = await ben.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { editorIds: [] }))
    expect(widened.error?.status as number).toBe(403)
    expect((await ben.api.quizzes({ id: quiz.id }).delete()).error?.status as number).toBe(403)
    expect((await ada.api.quizzes({ id: quiz.id }).delete()).status).toBe(204)
    expect((await ada.api.quizzes({ id: quiz.id }).get()).status as number).toBe(404)
  })

  test('a quiz takes no question that its writer may not put there', async () => {
    const adas = await addQuestion(ada)
    const { error } = await ben.api.quizzes.post({ title: 'Mine', sections: [sectionOf([adas.id])] })
    expect(error?.status as number).toBe(422)
    expect(error?.value).toMatchObject({ kind: 'unknown-question' })
  })

  test('an editor sees and mends the questions of a shared quiz, but keeps no hold on them', async () => {
    const question = await addQuestion(ada)
    const quiz = await share(await addQuiz(ada, [question.id]))
    const change = { revision: 1, question: choiceQuestion({ title: 'Mended' }) }
    expect(dataOf(await ben.api.questions({ id: question.id }).put(change)).question.title).toBe('Mended')
    const hold = await ben.api.quizzes.post({ title: 'Mine', sections: [sectionOf([question.id])] })
    expect(hold.error?.status as number).toBe(422)
    dataOf(await ada.api.quizzes({ id: quiz.id }).put(changeOf(quiz, { editorIds: [] })))
    expect((await ben.api.questions({ id: question.id }).get()).status as number).toBe(404)
  })

  test('an Idempotency-Key makes one quiz however often it is sent, and refuses another body', async () => {
    const headers = { 'idempotency-key': 'key-1' }
    const answers = await Promise.all([1, 2, 3].map(() => ada.api.quizzes.post({ title: 'Only one' }, { headers })))
    expect(new Set(answers.map(({ data }) => data?.id)).size).toBe(1)
    expect((await ada.api.quizzes.post({ title: 'Another' }, { headers })).error?.status as number).toBe(422)
    expect(dataOf(await ben.api.quizzes.post({ title: 'Only one' }, { headers })).id).not.toBe(
      answers[0]?.data?.id ?? '',
    )
  })

  test('a text that cannot be stored is refused by its place and not repeated', async () => {
    for (const text of ['nul \0', 'half \ud83d']) {
      const body = JSON.stringify({ title: 'Title', intro: plain(text) })
      const answer = await ada.send('POST', '/api/quizzes', body, { 'content-type': 'application/json' })
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ faults: [{ path: 'intro.text' }] })
    }
  })

  test('an unknown field is refused', async () => {
    const body = JSON.stringify({ title: 'Title', ownerId: ben.personId })
    expect((await ada.send('POST', '/api/quizzes', body, { 'content-type': 'application/json' })).status).toBe(422)
  })
})

test('the list counts questions and versions and names the last published one, page by page', async () => {
  const cleo = await under.signIn('teacher', 'Cleo')
  const question = await addQuestion(cleo)
  await addQuiz(cleo, [], 'Empty')
  const quiz = await addQuiz(cleo, [question.id], 'Full École')
  const published = dataOf(await cleo.api.quizzes({ id: quiz.id }).publish.post({}))
  const first = dataOf(await cleo.api.quizzes.get({ query: { limit: 1 } }))
  expect(first.items).toMatchObject([
    {
      title: 'Full École',
      questionCount: 1,
      versionCount: 1,
      lastPublished: { number: 1, digest: published.digest },
    },
  ])
  const second = dataOf(await cleo.api.quizzes.get({ query: { limit: 1, cursor: first.next ?? '' } }))
  expect(second).toMatchObject({ items: [{ title: 'Empty', versionCount: 0, lastPublished: null }], next: null })
  const found = dataOf(await cleo.api.quizzes.get({ query: { limit: 50, query: 'ecole' } }))
  expect(found.items.map(({ title }) => title)).toEqual(['Full École'])
  expect((await cleo.api.quizzes.get({ query: { limit: 50, cursor: 'rubbish' } })).status as number).toBe(400)
})

test('a copy of a colleague’s quiz holds copies of the questions, one’s own shares them', async () => {
  const question = await addQuestion(ada)
  const quiz = await share(await addQuiz(ada, [question.id], 'Original'))
  const own = dataOf(await ada.api.quizzes({ id: quiz.id }).copy.post())
  expect(own).toMatchObject({ title: 'Copy of Original', revision: 1, sections: quiz.sections })
  const bens = dataOf(await ben.api.quizzes({ id: quiz.id }).copy.post())
  const { items } = dataOf(await ben.api.quizzes({ id: bens.id }).questions.get({ query: { limit: 50 } }))
  expect(items).toMatchObject([{ ownerId: ben.personId, question: { title: 'Capital of France' } }])
  expect(items[0]?.id).not.toBe(question.id)
})
