import type { PaperQuestion } from '@hourglass/questions/paper'
import type { History, Operation, Saved } from './history'
import type { Random } from './random'
import { answerAtRandom } from './responses'
import type { Person } from './school'
import { isFinal, type Session } from './session'

export type Sitter = { student: Person; session: Session; random: Random; history: History }

/** An attempt as its student reads it, as far as a sitting needs it. */
export type Started = {
  attemptId: string
  state: string
  answers: { questionId: string; seq: number }[]
  deadline: string | null
  lastSeq: number
  seatToken: string | null
  paper: { sections: { questions: PaperQuestion[] }[] } | null
}

/** Three saves under way at most: harder on the server than a browser, which sends one after the other. */
const width = 3
/** Of the saves: so many come twice at once, so many once more after their answer, so many with another answer under their id. */
const shares = { twice: 0.03, again: 0.05, altered: 0.03 }

/**
 * A student's answers on their way: each is kept until a final word on it. When the server is back after a failure, when the
 * stream broke and before the end the student looks whether it still holds what it had acknowledged, and sends again what it forgot.
 */
export function createOutbox({ student, session, history, random }: Sitter, attempt: Started, pauseMs: () => number) {
  const { attemptId, seatToken } = attempt
  const waiting: Operation[] = []
  const underWay = new Set<Promise<void>>()
  const acknowledged = new Map<string, Operation>()
  let seq = attempt.lastSeq
  let hasFailed = false

  const ask = ({ operationId, questionId, ...operation }: Operation, sentAt: string, response = operation.response) =>
    session.ask<Saved>(
      'PUT',
      `/api/attempts/${attemptId}/answers/${questionId}`,
      { operationId, seq: operation.seq, response, sentAt },
      seatToken,
    )

  /** One sending, and whether the word on it is final. */
  const sendOnce = async (operation: Operation, sentAt: string): Promise<boolean> => {
    const { operationId } = operation
    history.push({ kind: 'invoke', operation })
    const answer = await ask(operation, sentAt).catch((error) => String(error))
    if (typeof answer !== 'string' && answer.status === 200) {
      history.push({ kind: 'ok', operationId, saved: answer.body })
      const known = acknowledged.get(operation.questionId)
      if (!known || known.seq < operation.seq) acknowledged.set(operation.questionId, operation)
      if (hasFailed) await sendForgotten()
      return true
    }
    const reason = typeof answer === 'string' ? answer : `${answer.status} ${JSON.stringify(answer.body)}`
    if (typeof answer !== 'string' && isFinal(answer)) {
      history.push({ kind: 'refused', operationId, status: answer.status, reason, at: Date.now() })
      return true
    }
    hasFailed = true
    history.push({ kind: 'unknown', operationId, reason })
    return false
  }

  const send = async (operation: Operation): Promise<void> => {
    const sentAt = new Date().toISOString()
    const mood = random.next()
    if (mood < shares.twice) void sendOnce(operation, sentAt)
    while (!(await sendOnce(operation, sentAt))) await Bun.sleep(pauseMs())
    if (mood > 1 - shares.again) await sendOnce(operation, sentAt)
    else if (mood > 1 - shares.again - shares.altered) await sendAltered(operation, sentAt)
  }

  const sendAltered = async (operation: Operation, sentAt: string): Promise<void> => {
    const response = answerAtRandom(questionOf(operation.questionId), random, 'altered')
    if (!response || JSON.stringify(response) === JSON.stringify(operation.response)) return
    const answer = await ask(operation, sentAt, response).catch(() => null)
    if (answer) history.push({ kind: 'altered', operationId: operation.operationId, status: answer.status })
  }

  const sendForgotten = async (): Promise<void> => {
    hasFailed = false
    // What is acknowledged while the answer is on its way is not in it.
    const known = [...acknowledged.values()]
    const read = await session.ask<Started>('GET', `/api/attempts/${attemptId}`).catch(() => null)
    if (!read || !isFinal(read)) {
      hasFailed = true
      return
    }
    if (read.status !== 200 || read.body.state !== 'open') return
    const heldOf = new Map(read.body.answers.map((held) => [held.questionId, held.seq]))
    for (const operation of known) {
      if ((heldOf.get(operation.questionId) ?? 0) >= operation.seq) continue
      waiting.push({ ...operation, operationId: Bun.randomUUIDv7() })
    }
    pump()
  }

  const questions = new Map(
    attempt.paper?.sections.flatMap((section) => section.questions).map((question) => [question.id, question]),
  )
  const questionOf = (id: string): PaperQuestion => {
    const question = questions.get(id)
    if (!question) throw new Error(`the paper has no question ${id}`)
    return question
  }
  const pump = () => {
    while (underWay.size < width && waiting.length > 0) {
      const [operation] = waiting.splice(0, 1)
      if (!operation) return
      const sending: Promise<void> = send(operation).finally(() => {
        underWay.delete(sending)
        pump()
      })
      underWay.add(sending)
    }
  }
  const flush = async () => {
    while (underWay.size > 0) await Promise.all(underWay)
  }
  return {
    put: (question: PaperQuestion) => {
      seq++
      const response = answerAtRandom(question, random, `${seq}`)
      if (!response) return
      const about = { attemptId, personId: student.personId, questionId: question.id }
      waiting.push({ operationId: Bun.randomUUIDv7(), ...about, seq, response })
      pump()
    },
    /** Resolves when all that was put has its final word. */
    flush,
    /** As `flush`, and the server holds what it acknowledged. */
    flushForgotten: async () => {
      await flush()
      do {
        await sendForgotten()
        if (hasFailed) await Bun.sleep(pauseMs())
      } while (hasFailed)
      await flush()
    },
    sendForgotten,
  }
}
