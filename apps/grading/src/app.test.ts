import { afterAll, expect, test } from 'bun:test'
import { treaty } from '@elysiajs/eden'
import { policyTable } from '@hourglass/policy'
import { tokenFor } from '@hourglass/testing/service'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  newId,
  type Person,
  sit,
  write,
} from '../fixtures/classroom'

const grading = await createGrading()
const { ask, deliver } = grading
afterAll(() => grading.close())

const room = await createClassroom(grading, [choiceQuestion('q1'), essayQuestion('e1')])
await deliver('exam.scheduled', room.exam)
const [pupil, classmate] = room.pupils
if (!pupil || !classmate) throw new Error('the class has two students')
const sealed = await sit(grading, room, pupil, { q1: choose('a'), e1: write('my words') })
await deliver('attempt.sealed', sealed)
const { attemptId, examId } = sealed
const admin: Person = { personId: newId(), role: 'admin', name: 'Root' }
const stranger: Person = { personId: newId(), role: 'teacher', name: 'Other' }

/** Every route that names something, with the real thing and with one that does not exist. */
const routes = (exam: string, attempt: string): [string, string, unknown?][] => [
  ['GET', `/api/results?examId=${exam}`],
  ['GET', `/api/results/gradebook?examId=${exam}`],
  ['GET', `/api/results/${attempt}`],
  ['GET', `/api/marks?examId=${exam}`],
  ['PUT', `/api/marks/${attempt}/e1`, { marks: '1', comment: '', revision: 0 }],
  ['POST', '/api/releases', { examId: exam }],
  ['DELETE', `/api/releases/${exam}`],
  ['GET', `/api/statistics/${exam}`],
]

test('every route has a row in the policy and every row a route', () => {
  const routed = grading.app.routes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !name.includes('/health/'))
  const nouns = ['results', 'marks', 'releases', 'regrades', 'statistics', 'grading-events']
  const ownRows = policyTable.filter(({ path }) => nouns.includes(path.split('/')[2] ?? ''))
  expect(routed.toSorted()).toEqual(ownRows.map(({ method, path }) => `${method} ${path}`).toSorted())
})

test('another teacher’s exam is answered to the byte like one that does not exist, and nothing changes', async () => {
  const real = routes(examId, attemptId)
  for (const [index, [method, path, body]] of routes(newId(), newId()).entries()) {
    const none = await ask(stranger, method, path, body)
    const [, realPath, realBody] = real[index] ?? []
    const theirs = await ask(stranger, method, realPath ?? '', realBody)
    expect([theirs.status, theirs.text]).toEqual([404, none.text])
  }
  expect((await ask(stranger, 'GET', '/api/releases')).body).toEqual({ items: [], next: null })
  const { body } = await ask(room.teacher, 'GET', `/api/marks?examId=${examId}`)
  expect(body.items).toMatchObject([{ attemptId, questionId: 'e1', given: null }])
})

test('students reach no route of markers, and of results only their own', async () => {
  for (const [method, path, body] of routes(examId, attemptId))
    expect((await ask(pupil, method, path, body)).status).toBe(403)
  const theirs = await ask(classmate, 'GET', `/api/results/${attemptId}/review`)
  const none = await ask(classmate, 'GET', `/api/results/${newId()}/review`)
  expect([theirs.status, theirs.text]).toEqual([404, none.text])
  expect((await ask(classmate, 'GET', '/api/results/mine')).body).toEqual({ items: [], next: null })
  expect((await ask(pupil, 'GET', '/api/results/mine')).body.items).toHaveLength(1)
})

test('an admin, the owner and a teacher of the class see the exam; one who left the class no longer does', async () => {
  const colleague: Person = { personId: newId(), role: 'teacher', name: 'Colleague' }
  const path = `/api/results?examId=${examId}`
  const members = [room.teacher, colleague].map(({ personId }) => ({ personId, role: 'teacher' as const, groups: [] }))
  const { classId } = room
  expect((await ask(admin, 'GET', path)).status).toBe(200)
  await deliver('class.changed', { classId, revision: 2, name: 'Class', isArchived: false, members })
  expect((await ask(colleague, 'GET', path)).status).toBe(200)
  await deliver('class.changed', { classId, revision: 3, name: 'Class', isArchived: false, members: [] })
  await deliver('class.changed', { classId, revision: 2, name: 'Class', isArchived: false, members })
  expect((await ask(colleague, 'GET', path)).status).toBe(404)
  expect((await ask(room.teacher, 'GET', path)).status).toBe(200)
})

test('the typed client reads a result question by question', async () => {
  const api = treaty(grading.app)
  const headers = { authorization: await tokenFor(room.teacher) }
  const { data } = await api.api.results({ attemptId }).get({ headers })
  expect(data?.person.name).toBe('Student 1')
  expect(data?.questions).toMatchObject([
    { questionId: 'q1', number: 1, state: 'correct', marks: '1', rightAnswer: { kind: 'choices', choiceIds: ['a'] } },
    {
      questionId: 'e1',
      number: 2,
      state: 'needs-marking',
      marks: null,
      response: { text: 'my words' },
      markingNotesHtml: 'secret notes',
    },
  ])
})
