import { afterAll, expect, test } from 'bun:test'
import { createReceiver } from '@hourglass/events/consume'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createTokenSigner } from '@hourglass/kit/auth/token'
import { policyTable } from '@hourglass/policy'
import { createTestDatabase } from '@hourglass/testing/database'
import { accessKey, accessUse, testService } from '@hourglass/testing/service'
import { eq, isNotNull, sql } from 'drizzle-orm'
import { createApp } from '../app'
import { createConsumer } from '../consumer'
import { createFirstAdmin } from '../people/first-admin'
import { events, people, refreshTokens } from '../schema'

const database = await createTestDatabase({
  service: 'students',
  migrations: new URL('../../migrations', import.meta.url).pathname,
})
afterAll(() => database.close())
const { db } = database
const origin = 'https://exams.test'
const app = createApp({
  service: testService(policyTable),
  db,
  bus: createEmbeddedBus(),
  feeds: [],
  signAccess: createTokenSigner(accessKey, accessUse),
  refreshSecret: 'a secret of thirty-two characters',
  origins: [origin],
})
const right = { email: 'ada@school.test', password: 'a long enough secret' }
await createFirstAdmin(db, { ...right, name: 'Ada' })

const call = (method: string, path: string, cookie: string, body?: object) =>
  app.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: { origin, cookie, 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' },
      body: body ? JSON.stringify(body) : undefined,
    }),
  )
const signIn = (body: object, cookie = '') => call('POST', '/api/sessions', cookie, body)
const refresh = (cookie: string) => call('POST', '/api/sessions/refresh', cookie)
const cookiesOf = (answer: Response) => answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')

test('an unknown address and a wrong password get the same answer', async () => {
  const wrong = await signIn({ ...right, password: 'not this one' })
  const unknown = await signIn({ ...right, email: 'nobody@school.test' })
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  const bare = async (answer: Response) => ({ ...(await answer.json()), requestId: '' })
  expect(await bare(unknown)).toEqual(await bare(wrong))
})

test('a lost refresh answer is given again; the old token after the grace ends the family', async () => {
  const [cookie = ''] = cookiesOf(await signIn(right))
  const [first = ''] = cookiesOf(await refresh(cookie))
  const [again = ''] = cookiesOf(await refresh(cookie))
  expect(first).toMatch(/^__Host-refresh=[\w-]{43}$/)
  expect(first).not.toBe(cookie)
  expect(again).toBe(first)
  const isUsed = isNotNull(refreshTokens.usedAt)
  await db.update(refreshTokens).set({ usedAt: sql`now() - interval '31 seconds'` }).where(isUsed)
  expect((await refresh(cookie)).status).toBe(401)
  expect((await refresh(first)).status).toBe(401)
})

test('guesses lock the account for strangers, not for a device that its owner has used', async () => {
  const cookie = cookiesOf(await signIn(right)).join('; ')
  for (let n = 0; n < 7; n++) await signIn({ ...right, password: 'a guess' })
  const stranger = await signIn(right)
  expect(stranger.status).toBe(429)
  expect(Number(stranger.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await signIn(right, cookie)).status).toBe(201)
})

test('guesses never keep a student out of a running attempt, on whatever computer', async () => {
  const email = 'sitting@school.test'
  const [ada] = await db.select().from(people).where(eq(people.email, right.email))
  const personId = Bun.randomUUIDv7()
  const passwordHash = ada?.passwordHash ?? null
  await db.insert(people).values({ id: personId, role: 'student', name: 'Sitting', email, passwordHash })
  const attempt = { attemptId: Bun.randomUUIDv7(), personId, examId: Bun.randomUUIDv7(), number: 1 }
  const consumer = createReceiver(db, events, createConsumer(), testService([]))
  const tell = (name: string, data: object) =>
    consumer.receive({ id: Bun.randomUUIDv7(), name, version: 1, occurredAt: new Date().toISOString(), data })
  const now = new Date().toISOString()
  for (let n = 0; n < 7; n++) await signIn({ email, password: 'a guess' })
  expect((await signIn({ email, password: right.password })).status).toBe(429)
  await tell('attempt.started', { ...attempt, startedAt: now })
  expect((await signIn({ email, password: right.password })).status).toBe(201)
  const seal = { snapshotDigest: 'a'.repeat(64), startedAt: now, sealedAt: now, closesAt: null, cause: 'submitted' }
  await tell('attempt.sealed', { ...attempt, ...seal })
  for (let n = 0; n < 7; n++) await signIn({ email, password: 'a guess' })
  expect((await signIn({ email, password: right.password })).status).toBe(429)
})

test('a page of another origin cannot use the cookies', async () => {
  const request = new Request('http://localhost/api/sessions/refresh', {
    method: 'POST',
    headers: { origin: 'https://evil.test' },
  })
  expect((await app.handle(request)).status).toBe(403)
})
