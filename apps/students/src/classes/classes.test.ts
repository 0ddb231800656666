import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { type Caller, createSchool } from '../../fixtures/school'
import { outbox } from '../schema'

const school = await createSchool()
const { call, db } = school
let teacher: Caller
let other: Caller
let admin: Caller
let student: Caller
beforeAll(async () => {
  teacher = await school.addPerson('teacher', 'Tess Teacher')
  other = await school.addPerson('teacher', 'Otto Other')
  admin = await school.addPerson('admin', 'Ada Admin')
  student = await school.addPerson('student', 'Sam Student')
})
afterAll(() => school.close())

const makeClass = async (by: Caller, name = 'Physics 1'): Promise<string> =>
  (await call(by, 'POST', '/api/classes', { name })).body.id
const addMember = (by: Caller, classId: string, { personId }: Caller, role: string, groups: string[] = []) =>
  call(by, 'PUT', `/api/classes/${classId}/members/${personId}`, { role, groups })
const eventsOf = async (classId: string) =>
  (await db.select().from(outbox).where(eq(outbox.name, 'class.changed')))
    .map(({ data }) => data as { classId: string; revision: number; members: unknown[]; name: string })
    .filter((data) => data.classId === classId)
    .toSorted((a, b) => a.revision - b.revision)

describe('classes', () => {
  test('a teacher who makes a class teaches it, and another teacher cannot tell that it exists', async () => {
    const id = await makeClass(teacher)
    expect((await call(teacher, 'GET', `/api/classes/${id}`)).body).toMatchObject({ students: 0, teachers: 1 })
    const hidden = await call(other, 'GET', `/api/classes/${id}`)
    const absent = await call(other, 'GET', `/api/classes/${Bun.randomUUIDv7()}`)
    expect(hidden.status).toBe(404)
    expect({ ...hidden.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    expect((await call(admin, 'GET', `/api/classes/${id}`)).status).toBe(200)
  })

  test('the same Idempotency-Key makes one class', async () => {
    const key = { 'idempotency-key': 'make-once' }
    const first = await call(teacher, 'POST', '/api/classes', { name: 'Once' }, key)
    const again = await call(teacher, 'POST', '/api/classes', { name: 'Once' }, key)
    expect(again.body.id).toBe(first.body.id)
    expect((await call(teacher, 'POST', '/api/classes', { name: 'Twice' }, key)).status).toBe(422)
  })

  test('every change tells the whole class under a rising revision', async () => {
    const id = await makeClass(teacher)
    await addMember(teacher, id, student, 'student', ['B', 'A', 'A'])
    await call(teacher, 'PATCH', `/api/classes/${id}`, { name: 'Physics 2' })
    const told = await eventsOf(id)
    expect(told.map(({ revision }) => revision)).toEqual([1, 2, 3])
    expect(told.at(-1)).toMatchObject({ name: 'Physics 2' })
    expect(told.at(-1)?.members).toContainEqual({ personId: student.personId, role: 'student', groups: ['A', 'B'] })
  })

  test('changes at the same time are told under different revisions, the last with everybody', async () => {
    const id = await makeClass(teacher)
    const newcomers = await Promise.all([1, 2, 3, 4, 5].map((n) => school.addPerson('student', `New Comer ${n}`)))
    await Promise.all(newcomers.map((newcomer) => addMember(teacher, id, newcomer, 'student')))
    const told = await eventsOf(id)
    expect(told.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6])
    expect(told.at(-1)?.members).toHaveLength(6)
  })

  test('a class with students is archived, not deleted', async () => {
    const id = await makeClass(teacher)
    await addMember(teacher, id, student, 'student')
    expect((await call(teacher, 'DELETE', `/api/classes/${id}`)).body).toMatchObject({ kind: 'class-in-use' })
    await call(teacher, 'PATCH', `/api/classes/${id}`, { isArchived: true })
    const shown = await call(teacher, 'GET', '/api/classes?limit=200')
    expect(shown.body.items.map((item: { id: string }) => item.id)).not.toContain(id)
  })

  test('a class always keeps a teacher, and a student cannot be one', async () => {
    const id = await makeClass(teacher)
    expect((await call(teacher, 'DELETE', `/api/classes/${id}/members/${teacher.personId}`)).status).toBe(409)
    expect((await addMember(teacher, id, student, 'teacher')).body).toMatchObject({ kind: 'not-a-teacher' })
    await addMember(teacher, id, other, 'teacher')
    expect((await call(teacher, 'DELETE', `/api/classes/${id}/members/${teacher.personId}`)).status).toBe(204)
    expect((await call(teacher, 'GET', `/api/classes/${id}`)).status).toBe(404)
  })

  test('members come in pages, each once', async () => {
    const id = await makeClass(teacher)
    for (let n = 0; n < 5; n++)
      await addMember(teacher, id, await school.addPerson('student', `Page Member ${n}`), 'student')
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await call(teacher, 'GET', `/api/classes/${id}/members?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.body.items.map((member: { person: { name: string } }) => member.person.name))
      cursor = page.body.next ?? ''
    } while (cursor)
    expect(seen).toEqual([0, 1, 2, 3, 4].map((n) => `Page Member ${n}`).concat('Tess Teacher'))
  })
})

describe('accommodations', () => {
  test('a teacher of the student sets more time, and every change is told under a rising revision', async () => {
    const id = await makeClass(teacher)
    const pupil = await school.addPerson('student', 'Pia Pupil')
    const path = `/api/accommodations/${pupil.personId}`
    expect((await call(teacher, 'PUT', path, { timeFactor: '1.5', extraMinutes: 5 })).status).toBe(404)
    await addMember(teacher, id, pupil, 'student')
    expect((await call(teacher, 'PUT', path, { timeFactor: '1.5', extraMinutes: 5 })).status).toBe(200)
    expect((await call(other, 'PUT', path, { timeFactor: '2', extraMinutes: 0 })).status).toBe(404)
    const list = await call(teacher, 'GET', `/api/accommodations?classId=${id}`)
    expect(list.body.items).toMatchObject([{ personId: pupil.personId, timeFactor: '1.5', extraMinutes: 5 }])
    expect((await call(teacher, 'DELETE', path)).status).toBe(204)
    expect((await call(teacher, 'GET', `/api/accommodations?classId=${id}`)).body.items).toEqual([])
    const told = (await db.select().from(outbox).where(eq(outbox.name, 'accommodation.changed'))).map(
      ({ data }) => data,
    )
    expect(told).toMatchObject([
      { personId: pupil.personId, revision: 1, timeFactor: '1.5', extraMinutes: 5 },
      { personId: pupil.personId, revision: 2, timeFactor: '1', extraMinutes: 0 },
    ])
  })

  test('a factor or minutes that mean nothing are refused', async () => {
    const path = `/api/accommodations/${student.personId}`
    expect((await call(admin, 'PUT', path, { timeFactor: '3', extraMinutes: 0 })).status).toBe(422)
    expect((await call(admin, 'PUT', path, { timeFactor: '1', extraMinutes: -1 })).status).toBe(422)
  })
})

test('a change whose telling fails is not made: neither of a class nor of a time', async () => {
  const id = await makeClass(teacher)
  await addMember(teacher, id, student, 'student')
  const read = async () => [
    (await call(teacher, 'GET', `/api/classes/${id}`)).body,
    (await call(teacher, 'GET', `/api/classes/${id}/members`)).body,
    (await call(teacher, 'GET', `/api/accommodations?classId=${id}`)).body,
  ]
  const before = await read()
  await db.execute(sql`alter table students.outbox add constraint mute check (false) not valid`)
  try {
    const path = `/api/accommodations/${student.personId}`
    const answers = [
      await call(teacher, 'PATCH', `/api/classes/${id}`, { name: 'Never' }),
      await call(teacher, 'DELETE', `/api/classes/${id}/members/${student.personId}`),
      await call(teacher, 'PUT', path, { timeFactor: '2', extraMinutes: 0 }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 500])
  } finally {
    await db.execute(sql`alter table students.outbox drop constraint mute`)
  }
  expect(await read()).toEqual(before)
})
