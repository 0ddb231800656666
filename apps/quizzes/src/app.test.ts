import { afterAll, beforeAll, expect, test } from 'bun:test'
import { policyTable } from '@hourglass/policy'
import { addQuestion, addQuiz, createAppUnderTest, dataOf } from './app-under-test'
import { newQuestionExample, questionChangeExample } from './questions/examples'
import { QuestionChange } from './questions/model'
import { newQuizExample, quizChangeExample } from './quizzes/examples'
import { QuizChange } from './quizzes/model'

const nouns = /^\/(?:api\/(?:quizzes|questions|versions|images)|internal\/(?:papers|keys|quizzes-events))(?:\/|$)/
const quizzesPolicy = policyTable.filter(({ path }) => nouns.test(path))

let under: Awaited<ReturnType<typeof createAppUnderTest>>
beforeAll(async () => {
  under = await createAppUnderTest()
})
afterAll(() => under.close())

test('every route has a row in the policy table and every row a route', () => {
  const routes = under.app.routes
    .filter(({ path }) => !path.startsWith('/health'))
    .map(({ method, path }) => `${method} ${path}`)
  expect(routes.toSorted()).toEqual(quizzesPolicy.map(({ method, path }) => `${method} ${path}`).toSorted())
})

test('every public route says what it does', () => {
  const silent = under.app.routes.filter(
    ({ path, hooks }) => path.startsWith('/api/') && !(hooks as { detail?: { summary?: string } }).detail?.summary,
  )
  expect(silent.map(({ path }) => path)).toEqual([])
})

test('every example of a body is a body that its route takes', async () => {
  const ada = await under.signIn('teacher')
  const headers = { 'content-type': 'application/json' }
  for (const [path, example] of [
    ['/api/quizzes', newQuizExample],
    ['/api/questions', newQuestionExample],
    ['/api/questions/preview', newQuestionExample],
  ] as const) {
    expect((await ada.send('POST', path, JSON.stringify(example), headers)).ok).toBe(true)
  }
  expect(QuizChange.safeParse(quizChangeExample).success).toBe(true)
  expect(QuestionChange.safeParse(questionChangeExample).success).toBe(true)
})

test('a student reaches no route that holds a key', async () => {
  const student = await under.signIn('student')
  const closed = quizzesPolicy.filter(({ path, allow }) => allow !== 'public' && path.startsWith('/api/'))
  for (const { method, path } of closed) {
    const address = path.replace(':id', Bun.randomUUIDv7()).replace(':digest', 'a'.repeat(64))
    expect([path, (await student.send(method, address)).status]).toEqual([path, 403])
    expect((await under.app.handle(new Request(`http://localhost${address}`, { method }))).status).toBe(401)
  }
})

test('another teacher’s things answer the same bytes as things that do not exist, and stay as they are', async () => {
  const [owner, stranger, admin] = [
    await under.signIn('teacher'),
    await under.signIn('teacher'),
    await under.signIn('admin'),
  ]
  const question = await addQuestion(owner)
  const quiz = await addQuiz(owner, [question.id])
  const { digest } = dataOf(await owner.api.quizzes({ id: quiz.id }).publish.post({}))
  const json = { 'content-type': 'application/json' }
  const { id: _, ownerId: __, createdAt: ___, updatedAt: ____, updatedBy: _____, ...change } = quiz
  const nothing = Bun.randomUUIDv7()
  const noDigest = 'f'.repeat(64)
  const calls: [string, string, string, string?][] = [
    ['GET', `/api/quizzes/${quiz.id}`, `/api/quizzes/${nothing}`],
    ['PUT', `/api/quizzes/${quiz.id}`, `/api/quizzes/${nothing}`, JSON.stringify(change)],
    ['DELETE', `/api/quizzes/${quiz.id}`, `/api/quizzes/${nothing}`],
    ['POST', `/api/quizzes/${quiz.id}/copy`, `/api/quizzes/${nothing}/copy`],
    ['POST', `/api/quizzes/${quiz.id}/publish`, `/api/quizzes/${nothing}/publish`, '{}'],
    ['GET', `/api/quizzes/${quiz.id}/check`, `/api/quizzes/${nothing}/check`],
    ['GET', `/api/quizzes/${quiz.id}/questions`, `/api/quizzes/${nothing}/questions`],
    ['GET', `/api/quizzes/${quiz.id}/versions`, `/api/quizzes/${nothing}/versions`],
    ['GET', `/api/quizzes/${quiz.id}/export?format=gift`, `/api/quizzes/${nothing}/export?format=gift`],
    ['GET', `/api/versions/${digest}`, `/api/versions/${noDigest}`],
    ['GET', `/api/versions/${digest}/diff`, `/api/versions/${noDigest}/diff`],
    ['GET', `/api/versions/${digest}/export?format=gift`, `/api/versions/${noDigest}/export?format=gift`],
    ['GET', `/api/questions/${question.id}`, `/api/questions/${nothing}`],
    [
      'PUT',
      `/api/questions/${question.id}`,
      `/api/questions/${nothing}`,
      JSON.stringify({ revision: 1, question: question.question }),
    ],
    ['DELETE', `/api/questions/${question.id}`, `/api/questions/${nothing}`],
  ]
  for (const [method, theirs, absent, body] of calls) {
    const headers = body ? json : {}
    const refused = await stranger.send(method, theirs, body, headers)
    const missing = await stranger.send(method, absent, body, headers)
    expect([method, theirs, refused.status]).toEqual([method, theirs, 404])
    expect(await refused.text()).toBe(await missing.text())
  }
  expect(dataOf(await owner.api.quizzes({ id: quiz.id }).get())).toEqual(quiz)
  expect(dataOf(await admin.api.quizzes({ id: quiz.id }).get())).toEqual(quiz)
  expect(dataOf(await stranger.api.quizzes.get({ query: { limit: 50 } })).items).toEqual([])
  expect(dataOf(await stranger.api.questions.get({ query: { limit: 50 } })).items).toEqual([])
})
