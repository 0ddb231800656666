import { afterAll, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { createSchool } from '../../fixtures/school'
import { needsRehash } from '../passwords/password'
import { people, sessions, throttles } from '../schema'

const school = await createSchool()
const { app, db } = school
afterAll(() => school.close())

const origin = 'https://exams.test'
const password = 'a long enough secret'
const email = 'pia.pupil@school.test'
const { personId } = await school.addPerson('student', 'Pia Pupil')
const setPerson = (values: Partial<typeof people.$inferInsert>) =>
  db.update(people).set(values).where(eq(people.id, personId))
const right = await Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 })
beforeEach(async () => {
  await db.delete(throttles)
  await setPerson({ passwordHash: right, isActive: true })
})

const send = (method: string, path: string, body: object | undefined, headers: Record<string, string> = {}) =>
  app.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: { origin, 'content-type': 'application/json', 'x-request-id': 'the-same', ...headers },
      body: body ? JSON.stringify(body) : null,
    }),
  )
const signIn = (word = password, to = email) => send('POST', '/api/sessions', { email: to, password: word })
const open = async () => {
  const answer = await signIn()
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return { cookie: cookie.join('; '), bearer: `Bearer ${(await answer.json()).accessToken}` }
}
const refresh = (cookie: string) => send('POST', '/api/sessions/refresh', undefined, { cookie })
const changePassword = (bearer: string, currentPassword: string, newPassword: string) =>
  send('PUT', '/api/people/me/password', { currentPassword, newPassword }, { authorization: bearer })

test('no account, a wrong password, an inactive account and one without password: one body, one set of headers, one time', async () => {
  const look = async (prepare: Partial<typeof people.$inferInsert>, word: string, to: string) => {
    await setPerson({ passwordHash: right, isActive: true, ...prepare })
    const times: number[] = []
    let seen = {}
    for (let n = 0; n < 5; n++) {
      const startedAt = performance.now()
      const answer = await signIn(word, to)
      seen = { status: answer.status, headers: [...answer.headers], text: await answer.text() }
      times.push(performance.now() - startedAt)
    }
    await db.delete(throttles)
    return { seen, ms: times.toSorted((a, b) => a - b)[2] ?? 0 }
  }
  const wrong = await look({}, 'not this one', email)
  expect(wrong.seen).toMatchObject({ status: 401 })
  for (const other of [
    await look({}, password, 'nobody@school.test'),
    await look({ isActive: false }, password, email),
    await look({ passwordHash: null }, password, email),
  ]) {
    expect(other.seen).toEqual(wrong.seen)
    // Without the hash of nobody's password it would be a tenth.
    expect(other.ms).toBeGreaterThan(wrong.ms / 3)
    expect(other.ms).toBeLessThan(wrong.ms * 3)
  }
})

test('a hash of other parameters is made anew at a sign-in that is right, and at no other', async () => {
  const old = await Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 8_192, timeCost: 1 })
  const hashOf = async () => (await db.select().from(people).where(eq(people.id, personId)))[0]?.passwordHash ?? ''
  await setPerson({ passwordHash: old })
  expect((await signIn('not this one')).status).toBe(401)
  expect(await hashOf()).toBe(old)
  expect((await signIn()).status).toBe(201)
  const made = await hashOf()
  expect([needsRehash(old), needsRehash(made)]).toEqual([true, false])
  expect((await signIn()).status).toBe(201)
  expect(await hashOf()).toBe(made)
})

test('a new password ends every other session and keeps the one that set it', async () => {
  const [mine, other] = [await open(), await open()]
  expect((await changePassword(mine.bearer, password, 'another long secret')).status).toBe(204)
  expect((await refresh(other.cookie)).status).toBe(401)
  expect((await refresh(mine.cookie)).status).toBe(200)
  expect((await signIn()).status).toBe(401)
  expect((await signIn('another long secret')).status).toBe(201)
})

test('a wrong current password or a weak new one changes nothing and ends no session', async () => {
  const { bearer, cookie } = await open()
  const wrong = await changePassword(bearer, 'not this one', 'another long secret')
  expect([wrong.status, (await wrong.json()).kind]).toEqual([422, 'wrong-password'])
  for (const weak of ['short', 'Password123']) expect((await changePassword(bearer, password, weak)).status).toBe(422)
  expect((await refresh(cookie)).status).toBe(200)
  expect((await signIn()).status).toBe(201)
})

test('a borrowed access token cannot be used to guess the password', async () => {
  const { bearer } = await open()
  for (let n = 0; n < 6; n++) await changePassword(bearer, 'not this one', 'another long secret')
  const answer = await changePassword(bearer, password, 'another long secret')
  expect([answer.status, answer.headers.has('retry-after')]).toEqual([429, true])
})

test('two tabs that refresh at the same moment both go on, with one successor', async () => {
  const { cookie } = await open()
  const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(new Set(answers.map(({ headers }) => headers.get('set-cookie'))).size).toBe(1)
})

test('a sign-out ends this session alone, takes its cookie away, and may be repeated', async () => {
  const [mine, other] = [await open(), await open()]
  for (let n = 0; n < 2; n++) {
    const answer = await send('DELETE', '/api/sessions/current', undefined, { cookie: mine.cookie })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
  }
  expect((await refresh(mine.cookie)).status).toBe(401)
  expect((await refresh(other.cookie)).status).toBe(200)
})

test('a refresh of a deactivated person is refused', async () => {
  const { cookie } = await open()
  await setPerson({ isActive: false })
  expect((await refresh(cookie)).status).toBe(401)
})

test('no refresh token stands in the database in the clear', async () => {
  const { cookie } = await open()
  const token = /__Host-refresh=([\w-]{43})/.exec(cookie)?.[1] ?? 'none'
  const rows = await db.execute('select token_hash from students.refresh_tokens')
  expect(JSON.stringify([rows, await db.select().from(sessions)])).not.toContain(token)
})
