import { afterAll, expect, test } from 'bun:test'
import type { Role } from '@hourglass/kit/auth/principal'
import { createTestDatabase } from '@hourglass/testing/database'
import { createClass } from '../classes/service'
import { createPerson, getPerson, listPeople } from './service'

const database = await createTestDatabase({
  service: 'students',
  migrations: new URL('../../migrations', import.meta.url).pathname,
})
afterAll(() => database.close())
const { db } = database
const make = async (role: Role, name: string) => {
  const { id } = await createPerson(db, { role, name, email: `${name}@school.test` })
  return { personId: id, role }
}
const [teacher, colleague, admin] = [
  await make('teacher', 'tea'),
  await make('teacher', 'col'),
  await make('admin', 'adm'),
]
const [student, other] = [await make('student', 'stu'), await make('student', 'oth')]
const sees = (viewer: typeof teacher, { personId }: typeof teacher) =>
  getPerson(db, viewer, personId).then(
    ({ id }) => id === personId,
    ({ status }) => status,
  )

test('a teacher looks colleagues up by id, and no student of others', async () => {
  expect(await sees(teacher, colleague)).toBe(true)
  expect(await sees(teacher, admin)).toBe(true)
  expect(await sees(teacher, student)).toBe(404)
})

test('a student sees themselves alone', async () => {
  expect(await sees(student, student)).toBe(true)
  for (const somebody of [other, teacher, admin]) expect(await sees(student, somebody)).toBe(404)
})

test('nobody lists colleagues: a list has the people of one’s classes, or the one of an address', async () => {
  await createClass(db, teacher, { name: '8b' })
  const namesOf = async (query: { email?: string }) =>
    (await listPeople(db, teacher, { limit: 50, ...query })).items.map(({ name }) => name)
  expect(await namesOf({})).toEqual(['tea'])
  expect(await namesOf({ email: 'col@school.test' })).toEqual(['col'])
})
