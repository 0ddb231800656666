import { afterAll, expect, test } from 'bun:test'
import { choiceQuestion, choose, createClassroom, createGrading, newId, type Person, sit } from '../fixtures/classroom'

const grading = await createGrading()
const { ask, deliver } = grading
afterAll(() => grading.close())

const room = await createClassroom(grading, [choiceQuestion('q1')])
await deliver('exam.scheduled', room.exam)
const { examId } = room.exam
const begun = (person: Person, number: number) => ({ attemptId: newId(), examId, personId: person.personId, number })
const statesOf = async (person: Person): Promise<string[]> =>
  (await ask(person, 'GET', '/api/results/mine')).body.items.map(({ state }: { state: string }) => state)

test('an attempt that was abandoned is not open any more, and holds up the review of no other', async () => {
  const [pupil] = room.pupils
  if (!pupil) throw new Error('the class has students')
  await deliver('attempt.sealed', await sit(grading, room, pupil, { q1: choose('a') }))
  const second = begun(pupil, 2)
  await deliver('attempt.started', { ...second, startedAt: new Date().toISOString() })
  expect((await statesOf(pupil)).toSorted()).toEqual(['open', 'waiting'])
  await deliver('attempt.abandoned', { ...second, abandonedAt: new Date().toISOString() })
  expect(await statesOf(pupil)).toEqual(['waiting'])
})

test('a start that is heard of after the end opens nothing', async () => {
  const [, pupil] = room.pupils
  if (!pupil) throw new Error('the class has students')
  const attempt = begun(pupil, 1)
  await deliver('attempt.abandoned', { ...attempt, abandonedAt: new Date().toISOString() })
  await deliver('attempt.started', { ...attempt, startedAt: new Date().toISOString() })
  expect(await statesOf(pupil)).toEqual([])
})
