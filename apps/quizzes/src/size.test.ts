import { afterAll, beforeAll, expect, test } from 'bun:test'
import { emptyText } from '@hourglass/questions/question'
import { addQuiz, type Client, choiceQuestion, createAppUnderTest, dataOf, plain, sectionOf } from './app-under-test'

let under: Awaited<ReturnType<typeof createAppUnderTest>>
let ada: Client
beforeAll(async () => {
  under = await createAppUnderTest()
  ada = await under.signIn('teacher', 'Ada')
})
afterAll(() => under.close())

const json = { 'content-type': 'application/json' }
const choicesOf = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `c${index}`, text: plain(`${index} ${'x'.repeat(length)}`), weight: index === 0 ? '100' : '0' },
    feedback: emptyText,
  }))
const large = choiceQuestion({ choices: choicesOf(60, 150_000) })
const refusal = (message: string) => ({ kind: 'too-large', message })

test('a question that is too large for a store is refused, new or changed, and the limit is named', async () => {
  const wanted = refusal('The question takes 9 MiB; 8 MiB are the most.')
  const created = await ada.send('POST', '/api/questions', JSON.stringify({ question: large }), json)
  expect([created.status, await created.json()]).toMatchObject([422, wanted])
  const { id, revision } = dataOf(await ada.api.questions.post({ question: choiceQuestion() }))
  const change = JSON.stringify({ revision, question: large })
  const changed = await ada.send('PUT', `/api/questions/${id}`, change, json)
  expect([changed.status, await changed.json()]).toMatchObject([422, wanted])
})

test('a draft that is too large for a store is refused', async () => {
  const intro = plain('x'.repeat(180_000))
  const sections = Array.from({ length: 50 }, (_, index) => sectionOf([], { id: `s${index}`, intro }))
  const answer = await ada.send('POST', '/api/quizzes', JSON.stringify({ title: 'Long', sections }), json)
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    refusal('The quiz takes 9 MiB; 8 MiB are the most.'),
  ])
})

test('an import refuses the question that is too large, and no other', async () => {
  const wrong = Array.from({ length: 60 }, (_, index) => `~${index}${'x'.repeat(150_000)}`).join(' ')
  const gift = `::Small:: Capital of France? {=Paris ~Lyon}\n\n::Large:: Which? {=a ${wrong}}\n`
  const answer = await ada.send('POST', '/api/quizzes/import?format=gift', gift, { 'content-type': 'text/plain' })
  const { counts, questions } = await answer.json()
  expect(counts).toMatchObject({ imported: 1, refused: 1 })
  expect(questions[1]).toMatchObject({ title: 'Large', reason: 'It takes more than 8 MiB.' })
})

test('a version that is too large is refused before anything of it is stored', async () => {
  const stem = plain('x'.repeat(199_000))
  const questions = Array.from({ length: 175 }, () => ({ ...choiceQuestion({ stem }), id: Bun.randomUUIDv7() }))
  const [now, updatedBy] = [new Date().toISOString(), { personId: ada.personId, name: ada.name }]
  const common = { ownerId: ada.personId, revision: 1, createdAt: now, updatedAt: now, updatedBy }
  await under.store.insertQuestions(questions.map((question) => ({ ...common, id: question.id, question })))
  const quiz = await addQuiz(
    ada,
    questions.map(({ id }) => id),
  )
  const answer = await ada.send('POST', `/api/quizzes/${quiz.id}/publish`, '{}', json)
  const wanted = refusal('The content of this version takes 34 MiB; 32 MiB are the most.')
  expect([answer.status, await answer.json()]).toMatchObject([422, wanted])
  expect(await under.store.listVersions(quiz.id, null, 1)).toEqual([])
}, 60_000)
