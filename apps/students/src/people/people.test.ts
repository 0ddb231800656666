import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { type Caller, createSchool } from '../../fixtures/school'
import { outbox, people, sessions } from '../schema'
import { openFamily } from '../sessions/open'

const school = await createSchool()
const { call, db } = school
let admin: Caller
let teacher: Caller
let student: Caller
beforeAll(async () => {
  admin = await school.addPerson('admin', 'Ada Admin')
  teacher = await school.addPerson('teacher', 'Tess Teacher')
  student = await school.addPerson('student', 'Sam Student')
})
afterAll(() => school.close())

const create = (email: string, headers: Record<string, string> = {}, name = 'New Person') =>
  call(admin, 'POST', '/api/people', { role: 'student', name, email }, headers)
const change = (id: string, patch: object) => call(admin, 'PATCH', `/api/people/${id}`, patch)
const toldOf = async (personId: string) =>
  (await db.select().from(outbox).where(eq(outbox.name, 'person.changed')))
    .map(({ data }) => data as { personId: string; revision: number; role: string; isActive: boolean })
    .filter((data) => data.personId === personId)
    .toSorted((a, b) => a.revision - b.revision)
const openSessionsOf = async (personId: string) =>
  (await db.select().from(sessions).where(eq(sessions.personId, personId))).filter(({ endedAt }) => endedAt === null)

describe('accounts', () => {
  test('every change tells the whole person under a rising revision, and a refused one tells nothing', async () => {
    const { body } = await create('told@school.test')
    await change(body.id, { name: 'Told Again' })
    expect((await change(body.id, { email: 'tess.teacher@school.test' })).status).toBe(409)
    await change(body.id, { role: 'teacher' })
    expect(await toldOf(body.id)).toMatchObject([
      { revision: 1, role: 'student', name: 'New Person' },
      { revision: 2, role: 'student', name: 'Told Again' },
      { revision: 3, role: 'teacher', email: 'told@school.test' },
    ])
  })

  test('an address has one account, however it is typed', async () => {
    expect((await create('Case@School.test')).body.email).toBe('case@school.test')
    for (const email of ['case@school.test', 'CASE@SCHOOL.TEST', '  case@school.test ']) {
      expect(await create(email)).toMatchObject({ status: 409, body: { kind: 'email-taken' } })
    }
    expect(await change(student.personId, { email: 'CASE@school.test' })).toMatchObject({
      status: 409,
      body: { kind: 'email-taken' },
    })
  })

  test('two that ask for one address at the same moment: one gets it, the other is told', async () => {
    const answers = await Promise.all([create('race@school.test'), create('RACE@school.test')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    const [one, two] = await Promise.all(['one', 'two'].map((name) => create(`${name}.race@school.test`)))
    const changes = await Promise.all([one, two].map((made) => change(made?.body.id, { email: 'wanted@school.test' })))
    expect(changes.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a deactivated person and one of another role are signed out everywhere; a renamed one is not', async () => {
    const { body } = await create('leaver@school.test')
    const signIn = () => db.transaction((tx) => openFamily(tx, body.id))
    await signIn()
    await change(body.id, { name: 'Still Here' })
    expect(await openSessionsOf(body.id)).toHaveLength(1)
    await change(body.id, { role: 'teacher' })
    expect(await openSessionsOf(body.id)).toEqual([])
    await signIn()
    await change(body.id, { isActive: false })
    expect(await openSessionsOf(body.id)).toEqual([])
    expect((await toldOf(body.id)).at(-1)).toMatchObject({ isActive: false })
  })

  test('the last admin stays one, also when two take the role from each other at once', async () => {
    const second = await school.addPerson('admin', 'Bea Admin')
    const both = [admin, second].map(({ personId }) => change(personId, { role: 'teacher' }))
    expect((await Promise.all(both)).map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await db.$count(people, eq(people.role, 'admin'))).toBe(1)
    await db.update(people).set({ role: 'admin' }).where(eq(people.id, admin.personId))
  })

  test('a name with control characters and a field that does not exist are refused', async () => {
    expect((await create('nul@school.test', {}, 'A\u0000B')).status).toBe(422)
    expect((await change(student.personId, { passwordHash: 'x' })).status).toBe(422)
  })
})

describe('who may do what', () => {
  test('only an admin creates or changes people', async () => {
    for (const caller of [teacher, student]) {
      expect((await call(caller, 'POST', '/api/people', {})).status).toBe(403)
      expect((await call(caller, 'PATCH', `/api/people/${student.personId}`, { name: 'X' })).status).toBe(403)
    }
  })

  test('a person whom one may not see is to the byte one who does not exist', async () => {
    const ask = (caller: Caller, id: string) =>
      call(caller, 'GET', `/api/people/${id}`, undefined, { 'x-request-id': 'the-same' })
    const stranger = await school.addPerson('student', 'Stranger')
    for (const caller of [teacher, student]) {
      expect(await ask(caller, stranger.personId)).toEqual(await ask(caller, Bun.randomUUIDv7()))
      expect((await ask(caller, caller.personId)).status).toBe(200)
    }
    expect((await ask(admin, student.personId)).status).toBe(200)
  })
})

describe('Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name })

  test('the same key and body are one account and one answer, another body is refused', async () => {
    const first = await create('once@school.test', key('once'))
    expect(await create('once@school.test', key('once'))).toEqual(first)
    expect(await create('twice@school.test', key('once'))).toMatchObject({
      status: 422,
      body: { kind: 'idempotency-key-reused' },
    })
    expect(await toldOf(first.body.id)).toHaveLength(1)
  })

  test('duplicates at the same moment are one account and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create('same@school.test', key('same'))))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })
})
