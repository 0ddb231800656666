/**
 * What a service tells the edge for the one line of a request, in headers that the edge takes off: how it came out, in a word of its
 * own (`too-late`, `late`), which attempt it was about where the address does not say, and which exam.
 */
export const outcomeHeader = 'x-hourglass-outcome'
export const attemptHeader = 'x-hourglass-attempt'
export const examHeader = 'x-hourglass-exam'

/** As they stand in the line. Bounded: a word, and ids; nothing of what somebody wrote. */
export type EdgeWords = { outcome?: string; attemptId?: string; examId?: string }

const word = /^[a-z][a-z-]{0,39}$/
const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An attempt's id where a text is one, whatever its case; else `null`. */
export const readId = (text: string): string | null => {
  if (text.length !== 36) return null
  const lower = text.toLowerCase()
  return id.test(lower) ? lower : null
}

/** Takes a service's words off its answer. */
export function takeEdgeWords(headers: Headers): EdgeWords {
  const outcome = headers.get(outcomeHeader)
  const attemptId = headers.get(attemptHeader)
  const examId = headers.get(examHeader)
  if (outcome !== null) headers.delete(outcomeHeader)
  if (attemptId !== null) headers.delete(attemptHeader)
  if (examId !== null) headers.delete(examHeader)
  return {
    ...(outcome !== null && word.test(outcome) ? { outcome } : {}),
    ...(attemptId !== null && id.test(attemptId) ? { attemptId } : {}),
    ...(examId !== null && id.test(examId) ? { examId } : {}),
  }
}
