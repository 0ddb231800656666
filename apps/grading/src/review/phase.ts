import type { ReviewFields, ReviewOptions } from '@hourglass/events/contracts'
import type { Phase } from './model'

export type Times = {
  now: Date
  /** Whether the student has an attempt at this exam that is not sealed. */
  hasOpenAttempt: boolean
  sealedAt: Date | null
  examClosesAt: Date | null
  /** The close that held for this student's attempt; `null` when it never closes. */
  ownClosesAt: Date | null
}

const justAfterMs = 2 * 60 * 1_000

/**
 * Moodle's `quiz_attempt_state`: an open attempt comes first, then the close, then the two minutes after the seal. The close
 * is the later of the exam's and the student's own, so that extra time never opens an answer early.
 */
export function phaseOf({ now, hasOpenAttempt, sealedAt, examClosesAt, ownClosesAt }: Times): Phase {
  if (hasOpenAttempt || !sealedAt) return 'during'
  const closesAt = examClosesAt && ownClosesAt ? Math.max(examClosesAt.getTime(), ownClosesAt.getTime()) : null
  if (closesAt !== null && now.getTime() >= closesAt) return 'afterClose'
  return now.getTime() < sealedAt.getTime() + justAfterMs ? 'justAfter' : 'whileOpen'
}

const none: ReviewFields = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }

/** What may be seen now. Before the release only the student's own answers; of an attempt that is not sealed nothing. */
export function allowedFields(
  options: ReviewOptions,
  phase: Phase,
  is: { sealed: boolean; released: boolean },
): ReviewFields {
  if (!is.sealed) return none
  return is.released ? options[phase] : { ...none, response: options[phase].response }
}
