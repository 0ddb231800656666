import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createApi, signIn } from '@hourglass/support/api'
import { createProgram, type Program } from '@hourglass/support/program'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { residentMb } from './resident'

setDefaultTimeout(180_000)

const size = 200
let program: Program
let school: School
let examId: string
beforeAll(async () => {
  program = await createProgram()
  program.launch()
  await program.untilReady(120_000)
  school = await createSchool(program, { students: size })
  const teacher = await signIn(createApi(program.url), school.teacher.email, school.teacher.password)
  examId = await scheduleExam(teacher, school, { limitSeconds: 3_600 })
})
afterAll(() => program?.end())

test('200 students of one address sign in at once, start and save: nobody is turned away, and memory stays bounded', async () => {
  const before = residentMb(program)
  let highest = before
  const watch = setInterval(() => {
    highest = Math.max(highest, residentMb(program))
  }, 50)
  const outcomes = await Promise.allSettled(
    school.students.map(async ({ email, password }) => {
      const api = await signIn(createApi(program.url, { timeoutMs: 60_000 }), email, password)
      const { attemptId, paper } = await api.must<Started>('POST', '/api/attempts', { examId })
      const question = paper.sections.flatMap(({ questions }) => questions).find(({ type }) => type === 'short-answer')
      const body = { operationId: Bun.randomUUIDv7(), seq: 1, response: { type: 'short-answer', text: email } }
      return api.must<{ receipt: string }>('PUT', `/api/attempts/${attemptId}/answers/${question?.id}`, body)
    }),
  )
  clearInterval(watch)
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  expect(refused).toEqual([])
  // Each hash takes 19 MiB while it is made; all at once they would take 3.8 GB.
  expect(highest - before).toBeLessThan(600)
})

type Started = { attemptId: string; paper: { sections: { questions: { id: string; type: string }[] }[] } }
