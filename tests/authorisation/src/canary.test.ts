import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createHalf, type Half } from './school'
import { findSecrets, type Secret } from './secrets'
import { type Services, startServices } from './services'

let services: Services
let half: Half
/** Every byte that the student got, by what they asked. */
const seen: { what: string; bytes: string }[] = []

beforeAll(async () => {
  services = await startServices()
  half = await createHalf(services)
}, 60_000)
afterAll(() => services.close(), 30_000)

async function ask(method: string, path: string, body?: unknown, authorization = half.student.authorization) {
  const response = await fetch(`${services.url}${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  seen.push({ what: `${method} ${path}`, bytes: `${JSON.stringify([...response.headers])}${text}` })
  return { status: response.status, text }
}

const leaksOf = (secrets: readonly Secret[]) =>
  seen.flatMap(({ what, bytes }) => findSecrets(bytes, secrets).map((name) => `${what}: ${name}`))

/** What a student can ask at any time, errors and other people's things included. */
async function lookEverywhere() {
  const { side, classmateAttempt } = half
  const paths = [
    '/api/people/me',
    '/api/people',
    `/api/people/${half.teacher.personId}`,
    `/api/people/${half.classmate.personId}`,
    '/api/exams/mine',
    '/api/results/mine',
    '/api/messages',
    `/api/messages?personId=${half.classmate.personId}`,
    `/api/attempts/${side.attempt}`,
    `/api/attempts/${side.attempt}/receipts`,
    `/api/attempts/${classmateAttempt}`,
    `/api/attempts/${classmateAttempt}/receipts`,
    `/api/results/${side.attempt}/review`,
    `/api/results/${classmateAttempt}/review`,
    `/api/results/${side.attempt}`,
    `/api/results?examId=${side.exam}`,
    `/api/results/gradebook?examId=${side.exam}&format=csv`,
    `/api/statistics/${side.exam}`,
    `/api/marks?examId=${side.exam}`,
    `/api/exams/${side.exam}`,
    `/api/exams/${side.exam}/times`,
    `/api/exams/${side.exam}/attempts`,
    `/api/exams/${side.exam}/audit`,
    `/api/overrides?examId=${side.exam}`,
    `/api/quizzes/${side.quiz}`,
    `/api/quizzes/${side.quiz}/export?format=gift`,
    `/api/questions/${side.question}`,
    '/api/questions',
    `/api/versions/${side.version}`,
    `/internal/papers/${side.version}`,
    '/internal/snapshots',
    '/api/openapi.json',
  ]
  for (const path of paths) await ask('GET', path)
}

async function readStream(): Promise<void> {
  const client = new AbortController()
  const response = await fetch(`${services.url}/api/attempts/${half.side.attempt}/stream`, {
    headers: { authorization: half.student.authorization },
    signal: client.signal,
  })
  const first = await response.body?.getReader().read()
  client.abort()
  seen.push({
    what: 'stream',
    bytes: `${JSON.stringify([...response.headers])}${new TextDecoder().decode(first?.value)}`,
  })
  expect(response.status).toBe(200)
}

test('a student who sits the whole exam sees no byte of a key or of another student before the release', async () => {
  const { side, quiz, paperQuestions } = half
  await lookEverywhere()
  await readStream()
  for (const [type, response] of Object.entries(quiz.responseTo)) {
    const path = `/api/attempts/${side.attempt}/answers/${paperQuestions[type]}`
    const save = (given: unknown, seq: number) =>
      ask('PUT', path, { operationId: Bun.randomUUIDv7(), seq, response: given })
    expect(await save(response, 1)).toMatchObject({ status: 200 })
    // Refusals must not explain themselves with what is right.
    expect((await save({ type: 'no such type' }, 2)).status).toBeGreaterThanOrEqual(400)
    expect((await save({ ...response, choice: 'zz', choices: ['zz'], order: ['zz'] }, 3)).status).toBeGreaterThan(0)
  }
  await ask('PUT', `/api/attempts/${side.attempt}/flags`, { questionIds: [paperQuestions.essay] })
  expect((await ask('POST', `/api/attempts/${side.attempt}/submit`)).status).toBe(200)
  await services.settle()
  await lookEverywhere()
  expect(leaksOf([...quiz.secrets, ...half.classmateSecrets])).toEqual([])
  expect(seen.length).toBeGreaterThan(70)
}, 60_000)

test('after the release the review shows what it may, which proves that the secrets can be found, and nothing more', async () => {
  const { teacher, side, quiz, paperQuestions, classmateSecrets } = half
  const queue = await teacher.api.must<{ items: { attemptId: string; revision: number }[] }>(
    'GET',
    `/api/marks?examId=${side.exam}`,
  )
  const essay = queue.items.find(({ attemptId }) => attemptId === side.attempt)
  await teacher.api.must('PUT', `/api/marks/${side.attempt}/${paperQuestions.essay}`, {
    marks: '1',
    comment: 'Good.',
    revision: essay?.revision ?? 0,
  })
  await teacher.api.must('POST', '/api/releases', { examId: side.exam })
  await services.settle()
  seen.length = 0
  await lookEverywhere()
  const bytes = seen.map((answer) => answer.bytes).join('\n')
  const shown = quiz.secrets.filter(({ shows }) => shows === 'after release')
  expect(findSecrets(bytes, shown).toSorted()).toEqual(shown.map(({ name }) => name).toSorted())
  expect(leaksOf([...quiz.secrets.filter(({ shows }) => shows === 'never'), ...classmateSecrets])).toEqual([])
}, 60_000)

test('the teacher sees them all, so every secret is really in the quiz', async () => {
  const { teacher, side, quiz } = half
  const version = await teacher.api.ask('GET', `/api/versions/${side.version}`)
  const missing = quiz.secrets.filter((secret) => findSecrets(JSON.stringify(version.body), [secret]).length === 0)
  expect(missing.map(({ name }) => name)).toEqual([])
})
