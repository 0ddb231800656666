import type { PaperQuestion } from '@hourglass/questions/paper'
import { type Api, createApi, signIn } from '@hourglass/support/api'
import { createRandom } from '@hourglass/support/random'
import { answerAtRandom } from '@hourglass/support/responses'
import { inParallel, type School } from '@hourglass/support/school'
import { quantilesOf } from './open-loop'

/** A student at their place: what it takes to save. */
export type Seat = {
  attemptId: string
  token: string
  questions: PaperQuestion[]
  seq: number
  deadline: string | null
}

type Started = {
  attemptId: string
  deadline: string | null
  seatToken: string
  paper: { sections: { questions: PaperQuestion[] }[] }
}

/** Signs everybody in. Apart from the start, as on the day: hashing a password is meant to be slow. */
export const signInAll = (url: string, { students }: School): Promise<Api[]> =>
  inParallel(4, students, ({ email, password }) => signIn(createApi(url, { timeoutMs: 30_000 }), email, password))

/**
 * Everybody starts within `withinSeconds`, each at their own moment, and as pages do comes back a little later when the server is busy.
 * Answers the seats, how long it took until each had begun, and how often somebody was told to come back.
 */
export async function startAll(students: readonly Api[], examId: string, withinSeconds: number) {
  const ms: number[] = []
  let busy = 0
  const start = async (student: Api): Promise<Started> => {
    while (true) {
      const { status, body } = await student.ask<Started>('POST', '/api/attempts', { examId })
      if (status >= 200 && status < 300) return body
      if (status !== 503) throw new Error(`a start was answered ${status}: ${JSON.stringify(body)}`)
      busy++
      await Bun.sleep(1_000 + Math.random() * 3_000)
    }
  }
  const seats = await Promise.all(
    students.map(async (student, index): Promise<Seat> => {
      await Bun.sleep((index * withinSeconds * 1_000) / students.length)
      const startedAt = performance.now()
      const attempt = await start(student)
      ms.push(performance.now() - startedAt)
      const { attemptId, seatToken: token, deadline, paper } = attempt
      return { attemptId, token, deadline, seq: 0, questions: paper.sections.flatMap(({ questions }) => questions) }
    }),
  )
  return { seats, busy, ms: quantilesOf(ms) }
}

const random = createRandom(7)

/** The next save of a seat as the bytes of an HTTP request, with an id and a number of its own. */
export function nextSave(seat: Seat, host: string): string {
  seat.seq++
  const question = random.pick(seat.questions)
  const response = answerAtRandom(question, random, `${seat.seq}`)
  const body = JSON.stringify({ operationId: Bun.randomUUIDv7(), seq: seat.seq, response })
  return `PUT /api/attempts/${seat.attemptId}/answers/${question.id} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Seat ${seat.token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}
