import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { type Caller, createSchool } from '../../fixtures/school'
import { invitations, people } from '../schema'

const school = await createSchool()
const { call, db } = school
const password = 'a long enough secret'
let admin: Caller
let student: Caller
let count = 0
beforeAll(async () => {
  admin = await school.addPerson('admin', 'Ada Admin')
})
afterAll(() => school.close())

const invite = async (): Promise<string> => {
  const { body } = await call(admin, 'POST', `/api/people/${student.personId}/invitation`)
  return body.link.replace('/invitation#', '')
}
const newStudent = async () => {
  student = await school.addPerson('student', `Student ${++count}`)
}
const accept = (token: string, word = password) =>
  call(admin, 'POST', '/api/invitations/accept', { token, password: word }, { 'x-request-id': 'the-same' })
const hashOf = async () =>
  (await db.select().from(people).where(eq(people.id, student.personId)))[0]?.passwordHash ?? null

test('a link sets the password once, also when it is used twice at the same moment', async () => {
  await newStudent()
  const token = await invite()
  const answers = await Promise.all([accept(token), accept(token, 'another long secret')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410])
  const hash = await hashOf()
  expect(hash).toStartWith('$argon2id$')
  expect((await accept(token)).status).toBe(410)
  expect(await hashOf()).toBe(hash)
})

test('a used, an expired, a replaced and an invented link are one and the same answer', async () => {
  await newStudent()
  const replaced = await invite()
  const used = await invite()
  await accept(used)
  const expired = await invite()
  const isExpired = eq(invitations.tokenHash, new Bun.CryptoHasher('sha256').update(expired).digest('hex'))
  await db.update(invitations).set({ expiresAt: sql`now() - interval '1 second'` }).where(isExpired)
  const invented = await accept('A'.repeat(43))
  expect(invented).toMatchObject({ status: 410, body: { kind: 'invitation-over' } })
  for (const token of [replaced, used, expired]) expect(await accept(token)).toEqual(invented)
})

test('a weak password is refused and leaves the link good', async () => {
  await newStudent()
  const token = await invite()
  for (const weak of ['short', 'Password123', 'nul\u0000nul\u0000nul'])
    expect((await accept(token, weak)).status).toBe(422)
  expect((await accept(token)).status).toBe(200)
})

test('a deactivated person cannot use a link', async () => {
  await newStudent()
  const token = await invite()
  await db.update(people).set({ isActive: false }).where(eq(people.id, student.personId))
  expect((await accept(token)).status).toBe(410)
  expect(await hashOf()).toBeNull()
})

test('no token stands in the database, and each has 256 bits', async () => {
  await newStudent()
  const token = await invite()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(JSON.stringify(await db.select().from(invitations))).not.toContain(token)
})

test('a teacher invites students of theirs who have no password yet, and nobody else', async () => {
  await newStudent()
  const teacher = await school.addPerson('teacher', `Teacher ${count}`)
  const ask = (personId: string) => call(teacher, 'POST', `/api/people/${personId}/invitation`)
  expect((await ask(student.personId)).status).toBe(404)
  const { body } = await call(teacher, 'POST', '/api/classes', { name: 'Theirs' })
  await call(teacher, 'PUT', `/api/classes/${body.id}/members/${student.personId}`, { role: 'student' })
  expect((await ask(student.personId)).status).toBe(201)
  await accept(await invite())
  expect(await ask(student.personId)).toMatchObject({ status: 403, body: { kind: 'already-joined' } })
  expect((await ask(teacher.personId)).status).toBe(403)
})
