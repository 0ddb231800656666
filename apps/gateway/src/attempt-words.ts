import { type EdgeWords, readId } from '@hourglass/kit/edge-words'

/** What the line of a request says of the attempt that it is about. */
export type AttemptWords = EdgeWords & { action?: string }

/** What can be done with an attempt, by the segment after its id. */
const actions = new Map(
  Object.entries({
    answers: 'save',
    ...{ flags: 'flags', submit: 'submit', receipts: 'receipts', stream: 'stream' },
    ...{ pause: 'pause', resume: 'resume', seal: 'seal', late: 'accept-late' },
  }),
)

/**
 * Reads the words of an address under `/api/attempts`: of its many parts the attempt's id alone, if it is one, and what is done, in a
 * word of this file. Nothing else that somebody wrote into an address gets into a line.
 */
export function readAttemptWords(method: string, segments: readonly string[]): AttemptWords {
  if (segments[1] !== 'attempts') return {}
  if (segments.length === 2) return method === 'POST' ? { action: 'start' } : {}
  const attemptId = readId(segments[2] ?? '')
  const action = segments.length === 3 ? 'read' : actions.get(segments[3] ?? '')
  return { ...(attemptId ? { attemptId } : {}), ...(action ? { action } : {}) }
}
