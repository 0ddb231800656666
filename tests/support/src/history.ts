import type { Response } from '@hourglass/questions/response'

/** A save as a student meant it; sent as often as it takes with the same id and body. */
export type Operation = {
  operationId: string
  attemptId: string
  personId: string
  questionId: string
  seq: number
  response: Response
}

/** What the server answers to a save, as far as a judge needs it. Times are ISO. */
export type Saved = {
  seq: number
  storedAt: string
  receipt: string
  isLate: boolean
  isStale: boolean
  deadline: string | null
}

/**
 * One line of a client's log. `unknown`: no answer, or none that is final; the operation is sent again. `altered`: what was said
 * to an operation that was acknowledged and came once more with another answer in it. `at`: by the client's clock, in ms.
 */
export type HistoryEvent =
  | { kind: 'invoke'; operation: Operation }
  | { kind: 'ok'; operationId: string; saved: Saved }
  | { kind: 'refused'; operationId: string; status: number; reason: string; at: number }
  | { kind: 'unknown'; operationId: string; reason: string }
  | { kind: 'altered'; operationId: string; status: number }

/** What all clients saw, in the order in which they saw it. */
export type History = HistoryEvent[]

/**
 * What became of one operation in the end. `answers` holds every acknowledgement of it; `refusedAt` is when it was refused, and
 * `isAlterable` whether another answer was taken under its id.
 */
export type Fate = {
  operation: Operation
  end: 'ok' | 'refused' | 'unknown'
  answers: Saved[]
  tries: number
  refusedAt: number | null
  /** In which words, such as `409 too-late`. */
  refusal: string | null
  isAlterable: boolean
}

/** Reduces a history to one fate for each operation. An acknowledgement holds whatever is said later. */
export function fatesOf(history: History): Fate[] {
  const fates = new Map<string, Fate>()
  for (const event of history) {
    if (event.kind === 'invoke') {
      const known = fates.get(event.operation.operationId)
      if (known) known.tries++
      else fates.set(event.operation.operationId, newFate(event.operation))
      continue
    }
    const fate = fates.get(event.operationId)
    if (!fate) throw new Error(`an answer to an operation that nobody sent: ${event.operationId}`)
    if (event.kind === 'ok') fate.answers.push(event.saved)
    if (event.kind === 'ok') fate.end = 'ok'
    if (event.kind === 'altered' && event.status === 200) fate.isAlterable = true
    if (event.kind === 'refused' && fate.end === 'unknown') {
      fate.end = 'refused'
      fate.refusedAt = event.at
      fate.refusal = `${event.status} ${event.reason}`
    }
  }
  return [...fates.values()]
}

const newFate = (operation: Operation): Fate => ({
  ...{ operation, end: 'unknown', answers: [], tries: 1, refusedAt: null, refusal: null, isAlterable: false },
})
