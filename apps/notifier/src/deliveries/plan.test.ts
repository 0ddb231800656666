import { afterAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import {
  classOf,
  createClassroom,
  createNotifier,
  examFor,
  inHours,
  newId,
  personNamed,
  releaseTo,
} from '../../fixtures/school'
import { messages } from '../schema'

const notifier = await createNotifier()
const { db, deliver, send, mailOf } = notifier
afterAll(() => notifier.close())

const wordsTo = async (personId: string) =>
  (await db.select().from(messages).where(eq(messages.personId, personId))).map(({ text }) => text).join('\n')

describe('every student of the class is told', () => {
  test('of an exam once, through redelivery, retelling and a change of its title', async () => {
    const { students, exam } = await createClassroom(notifier)
    const eventId = newId()
    await deliver('exam.scheduled', exam, eventId)
    await deliver('exam.scheduled', exam, eventId)
    await deliver('exam.scheduled', exam)
    await deliver('exam.changed', { ...exam, revision: 2, title: 'Algebra II' })
    await send()
    await deliver('exam.scheduled', exam, eventId)
    await send()
    for (const student of students) {
      expect(await mailOf(student)).toEqual(['exam-scheduled'])
      expect(await wordsTo(student)).toContain('“Algebra II”')
    }
  })

  test('of each change of its times once, and never of an older one', async () => {
    const { students, exam } = await createClassroom(notifier, 1)
    const [student = ''] = students
    await deliver('exam.scheduled', exam)
    await send()
    const later = { ...exam, revision: 2, closesAt: inHours(4) }
    await deliver('exam.changed', later)
    await deliver('exam.changed', later)
    await send()
    await deliver('exam.changed', { ...later, revision: 4, limitSeconds: 60 })
    await deliver('exam.changed', { ...later, revision: 3, opensAt: null })
    await send()
    expect(await mailOf(student)).toEqual(['exam-scheduled', 'exam-changed', 'exam-changed'])
    expect(await wordsTo(student)).toContain('Time limit: 1 minute')
    expect(await wordsTo(student)).not.toContain('open already')
  })

  test('only of the last of several changes that nobody was told of yet', async () => {
    const { students, exam } = await createClassroom(notifier, 1)
    await deliver('exam.scheduled', exam)
    await send()
    await deliver('exam.changed', { ...exam, revision: 2, limitSeconds: 120 })
    await deliver('exam.changed', { ...exam, revision: 3, limitSeconds: 180 })
    await send()
    expect(await mailOf(students[0] ?? '')).toEqual(['exam-scheduled', 'exam-changed'])
    expect(await wordsTo(students[0] ?? '')).toContain('3 minutes')
  })

  test('that it was cancelled, and then of nothing more', async () => {
    const { students, exam, group } = await createClassroom(notifier, 1)
    const [student = ''] = students
    await deliver('exam.scheduled', exam)
    await send()
    await deliver('exam.changed', { ...exam, revision: 2, isCancelled: true })
    await deliver('exam.changed', { ...exam, revision: 2, isCancelled: true })
    await deliver('class.changed', { ...group, revision: 2 })
    await send()
    expect(await mailOf(student)).toEqual(['exam-scheduled', 'exam-cancelled'])
  })

  test('of a result once for each attempt', async () => {
    const { students } = await createClassroom(notifier, 1)
    const [student = ''] = students
    const released = releaseTo(student)
    await deliver('result.released', released)
    await deliver('result.released', released)
    await deliver('result.released', releaseTo(student))
    await send()
    expect(await mailOf(student)).toEqual(['result-released', 'result-released'])
    expect(await wordsTo(student)).toContain(`https://exams.example.org/results/${released.attemptId}`)
  })

  test('but teachers are not, nor anybody of a class that is archived', async () => {
    const { people, group, exam } = await createClassroom(notifier)
    const [one, two] = people
    if (!one || !two) throw new Error('two people')
    const members = [
      { personId: one.personId, role: 'teacher' as const, groups: [] },
      { personId: two.personId, role: 'student' as const, groups: [] },
    ]
    await deliver('class.changed', { ...group, revision: 2, members, isArchived: true })
    await deliver('exam.scheduled', exam)
    await send()
    expect([await mailOf(one.personId), await mailOf(two.personId)]).toEqual([[], []])
    await deliver('class.changed', { ...group, revision: 3, members })
    await send()
    expect([await mailOf(one.personId), await mailOf(two.personId)]).toEqual([[], ['exam-scheduled']])
  })
})

describe('whatever the order of the events', () => {
  test('each student is told once, to the newest address', async () => {
    const person = personNamed('Ann')
    const group = classOf([person.personId])
    const exam = examFor(group.classId)
    const steps = [
      () => deliver('exam.scheduled', exam),
      () => deliver('class.changed', { ...group, members: [] }),
      () => deliver('class.changed', { ...group, revision: 2 }),
      () => deliver('person.changed', person),
      () => deliver('person.changed', { ...person, revision: 2, email: `new-${person.email}` }),
    ]
    // From the last to the first, with a worker that looks after each.
    for (const step of steps.toReversed()) {
      await step()
      await send()
    }
    expect(await mailOf(person.personId)).toEqual(['exam-scheduled'])
    const [mail] = await db.select().from(messages).where(eq(messages.personId, person.personId))
    expect(mail?.to).toBe(`new-${person.email}`)
  })

  test('an exam and its class that come at the same moment find each other', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const person = personNamed(`Student ${turn}`)
      const group = classOf([person.personId])
      await deliver('person.changed', person)
      await Promise.all([deliver('exam.scheduled', examFor(group.classId)), deliver('class.changed', group)])
      await send()
      expect(await mailOf(person.personId)).toEqual(['exam-scheduled'])
    }
  })

  test('a student who joins later is told of the exams that are still open, as they are now, and of no other', async () => {
    const { group, exam } = await createClassroom(notifier, 1)
    await deliver('exam.scheduled', exam)
    await deliver('exam.changed', { ...exam, revision: 2, limitSeconds: 120 })
    await deliver('exam.scheduled', { ...examFor(group.classId), title: 'Over', closesAt: inHours(-1) })
    await deliver('exam.scheduled', { ...examFor(group.classId), title: 'Cancelled', isCancelled: true })
    await send()
    const late = personNamed('Late')
    await deliver('person.changed', late)
    const members = [...group.members, { personId: late.personId, role: 'student' as const, groups: [] }]
    await deliver('class.changed', { ...group, revision: 2, members })
    await send()
    expect(await mailOf(late.personId)).toEqual(['exam-scheduled'])
    expect(await wordsTo(late.personId)).toContain('2 minutes')
  })

  test('a cancellation before the first word tells nobody anything', async () => {
    const { students, exam } = await createClassroom(notifier, 1)
    await deliver('exam.changed', { ...exam, revision: 2, isCancelled: true })
    await deliver('exam.scheduled', exam)
    await send()
    expect(await mailOf(students[0] ?? '')).toEqual([])
  })
})
