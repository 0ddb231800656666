import { createApi, signIn } from '@hourglass/support/api'
import type { Program } from '@hourglass/support/program'
import { createSchool, type Person, scheduleExam } from '@hourglass/support/school'
import { eventually } from './eventually'

export type SavingClass = {
  teacher: Person
  examId: string
  /** Saves that were acknowledged so far. */
  saved: () => number
  /** Whatever was not answered with a receipt, in its words. */
  failures: readonly string[]
  /** Resolves when nothing is under way any more. */
  stop: () => Promise<void>
}

/**
 * A class that begins an exam, and from then on saves one answer after the other, each student for themselves.
 * @param thinkMs from one answer of a student to the next
 */
export async function startSaving(program: Program, students: number, thinkMs = 40): Promise<SavingClass> {
  const school = await createSchool(program, { students, gift: '::Clock:: Who patented it? {=Huygens}' })
  const anonymous = createApi(program.url, { timeoutMs: 10_000 })
  const teacher = await signIn(anonymous, school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { limitSeconds: 3_600 })
  const seats = await Promise.all(
    school.students.map(async ({ email, password }) => {
      const student = await signIn(anonymous, email, password)
      // That one is in the class comes to the exam room as an event.
      return eventually(
        () => student.must<Seat>('POST', '/api/attempts', { examId }),
        () => true,
      )
    }),
  )
  let [saved, isStopped] = [0, false]
  const failures: string[] = []
  const sit = async ({ attemptId, seatToken, paper }: Seat) => {
    const api = anonymous.as(`Seat ${seatToken}`)
    const questionId = paper.sections[0]?.questions[0]?.id
    for (let seq = 1; !isStopped; seq++) {
      const response = { type: 'short-answer', text: `Huygens ${seq}` }
      const body = { operationId: Bun.randomUUIDv7(), seq, response }
      const answer = await api.ask('PUT', `/api/attempts/${attemptId}/answers/${questionId}`, body).catch(String)
      if (typeof answer !== 'string' && answer.status === 200) saved++
      else failures.push(typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`)
      await Bun.sleep(thinkMs)
    }
  }
  const sitting = seats.map(sit)
  return {
    teacher: school.teacher,
    examId,
    saved: () => saved,
    failures,
    stop: async () => {
      isStopped = true
      await Promise.all(sitting)
    },
  }
}

type Seat = { attemptId: string; seatToken: string; paper: { sections: { questions: { id: string }[] }[] } }
