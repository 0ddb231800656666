import { afterAll, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { openRoom, paperDigest } from '../fixtures/room'
import { classMembers, people, versions } from './schema'

const room = await openRoom()
afterAll(() => room.close())
const { db } = room

test('a paper that is not the one its digest names is never taken', async () => {
  const digest = '12'.repeat(32)
  const published = {
    quizId: Bun.randomUUIDv7(),
    digest,
    paperDigest: digest,
    keyDigest: digest,
    title: 'Forged',
    number: 1,
    ownerId: room.teacher.personId,
  }
  await expect(room.tell('quiz.published', published)).rejects.toThrow('another digest')
  expect(await db.$count(versions, eq(versions.digest, digest))).toBe(0)
  await room.tell('quiz.published', { ...published, paperDigest })
  expect(await db.$count(versions, eq(versions.digest, digest))).toBe(1)
})

test('an older word about a person or a class changes nothing, in whatever order they come', async () => {
  const personId = Bun.randomUUIDv7()
  const tellPerson = (revision: number, name: string) =>
    room.tell('person.changed', { personId, revision, role: 'student', name, email: '', isActive: true })
  await tellPerson(2, 'new')
  await tellPerson(1, 'old')
  expect(await db.select({ name: people.name }).from(people).where(eq(people.personId, personId))).toEqual([
    { name: 'new' },
  ])
  const classId = Bun.randomUUIDv7()
  const tellClass = (revision: number, members: { personId: string; role: 'student'; groups: string[] }[]) =>
    room.tell('class.changed', { classId, revision, name: 'x', isArchived: false, members })
  await tellClass(3, [])
  await tellClass(2, [{ personId, role: 'student', groups: [] }])
  expect(await db.$count(classMembers, eq(classMembers.classId, classId))).toBe(0)
})

test('moving a student into a group with more time reaches the running attempt', async () => {
  const exam = await room.schedule({ limitSeconds: 600 })
  const who = await room.addStudent()
  const body = { examId: exam.examId, group: 'slow', limitSeconds: 1_200 }
  await room.call('POST', '/api/overrides', { as: room.teacher, body })
  const attempt = await room.start(exam.examId, who)
  room.members.find(({ personId }) => personId === who.personId)?.groups.push('slow')
  await room.tellClass()
  const row = await room.rowOf(attempt.attemptId)
  expect(row.deadline?.getTime()).toBe(Date.parse(attempt.startedAt) + 1_200_000)
})
