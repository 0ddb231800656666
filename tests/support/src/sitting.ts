import type { PaperQuestion } from '@hourglass/questions/paper'
import { type Answer, type Api, createApi, signIn } from './api'
import type { History, Operation, Saved } from './history'
import type { Random } from './random'
import { answerAtRandom } from './responses'
import type { Person } from './school'

export type SittingOptions = {
  student: Person
  session: Session
  examId: string
  random: Random
  history: History
  /** From one answer to the next, at the least and at the most. */
  thinkMs: readonly [number, number]
  /** `silent`: goes on past the deadline and says nothing; the server ends it. */
  ending: 'submit' | 'silent'
}

type Started = {
  attemptId: string
  deadline: string | null
  lastSeq: number
  seatToken: string | null
  paper: { sections: { questions: PaperQuestion[] }[] } | null
}

/**
 * Sits an exam as a browser does, whatever becomes of the server meanwhile: keeps each answer until a final word on it, sends
 * what is unknown again with the same id, and goes on with the same attempt. Resolves with the attempt's id when every
 * operation has its final answer and, for `submit`, the end is confirmed.
 */
export async function sit(options: SittingOptions): Promise<string> {
  const { random, session, thinkMs, ending } = options
  const pauseMs = () => random.whole(50, 400)
  const attempt = await untilFinal(
    () => session.ask<Started>('POST', '/api/attempts', { examId: options.examId }),
    pauseMs,
  )
  const { attemptId, paper, deadline } = mustBeOk(attempt)
  const questions = paper?.sections.flatMap((section) => section.questions) ?? []
  const outbox = createOutbox(options, mustBeOk(attempt), pauseMs)

  const startedAt = Date.now()
  const endsAt = deadline === null ? startedAt + 10_000 : Date.parse(deadline)
  const share = ending === 'submit' ? 0.5 + random.next() * 0.5 : 1
  const stopsAt = startedAt + (endsAt - startedAt) * share + (ending === 'silent' ? random.whole(0, 3_000) : -300)
  while (Date.now() < stopsAt) {
    await Bun.sleep(random.whole(...thinkMs))
    outbox.put(random.pick(questions))
  }
  await outbox.flush()
  if (ending === 'submit')
    mustBeOk(await untilFinal(() => session.ask('POST', `/api/attempts/${attemptId}/submit`), pauseMs))
  return attemptId
}

/** Three saves under way at most: harder on the server than a browser, which sends one after the other. */
const width = 3

function createOutbox({ student, session, history, random }: SittingOptions, attempt: Started, pauseMs: () => number) {
  const waiting: Operation[] = []
  const underWay = new Set<Promise<void>>()
  let seq = attempt.lastSeq
  const send = async (operation: Operation): Promise<void> => {
    const { operationId, attemptId, questionId, response } = operation
    const body = { operationId, seq: operation.seq, response, sentAt: new Date().toISOString() }
    const path = `/api/attempts/${attemptId}/answers/${questionId}`
    while (true) {
      history.push({ kind: 'invoke', operation })
      const answer = await session.ask<Saved>('PUT', path, body, attempt.seatToken).catch((error) => String(error))
      if (typeof answer === 'string') history.push({ kind: 'unknown', operationId, reason: answer })
      else if (answer.status === 200) return void history.push({ kind: 'ok', operationId, saved: answer.body })
      else {
        const [{ status }, reason] = [answer, JSON.stringify(answer.body)]
        if (isFinal(answer)) return void history.push({ kind: 'refused', operationId, status, reason })
        history.push({ kind: 'unknown', operationId, reason: `${status} ${reason}` })
      }
      await Bun.sleep(pauseMs())
    }
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
  return {
    put: (question: PaperQuestion) => {
      seq++
      const response = answerAtRandom(question, random, `${seq}`)
      if (!response) return
      const { attemptId } = attempt
      const about = { attemptId, personId: student.personId, questionId: question.id }
      waiting.push({ operationId: Bun.randomUUIDv7(), ...about, seq, response })
      pump()
    },
    flush: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}

/** A student who has signed in. */
export type Session = {
  /** Rejects when no answer came. A seat that has run out is left for the sign-in, and that is renewed by itself. */
  ask: <Body>(method: string, path: string, body?: unknown, seat?: string | null) => Promise<Answer<Body>>
}

/** Signs a student in, as often as it takes. */
export async function openSession(url: string, { email, password }: Person): Promise<Session> {
  const anonymous = createApi(url)
  const open = async (): Promise<Api> => {
    while (true) {
      try {
        return await signIn(anonymous, email, password)
      } catch {
        await Bun.sleep(200)
      }
    }
  }
  let api = await open()
  return {
    ask: async <Body>(method: string, path: string, body?: unknown, seat?: string | null) => {
      if (seat) {
        const answer = await anonymous.as(`Seat ${seat}`).ask<Body>(method, path, body)
        if (answer.status !== 401) return answer
      }
      const answer = await api.ask<Body>(method, path, body)
      if (answer.status !== 401) return answer
      api = await open()
      return api.ask<Body>(method, path, body)
    },
  }
}

/** What the browser takes as "not now" and sends again. */
const isFinal = ({ status }: Answer<unknown>) =>
  status < 500 && status !== 401 && status !== 408 && status !== 425 && status !== 429

/** Asks until the server gives a final answer. */
async function untilFinal<Body>(ask: () => Promise<Answer<Body>>, pauseMs: () => number): Promise<Answer<Body>> {
  while (true) {
    const answer = await ask().catch(() => null)
    if (answer && isFinal(answer)) return answer
    await Bun.sleep(pauseMs())
  }
}

function mustBeOk<Body>({ status, body }: Answer<Body>): Body {
  if (status >= 200 && status < 300) return body
  throw new Error(`a student was answered ${status}: ${JSON.stringify(body)}`)
}
