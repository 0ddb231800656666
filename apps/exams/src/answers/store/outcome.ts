import type { AttemptClock } from '../judge-save'

/** One save, checked against the pinned paper. `response` is JSON text. */
export type Save = {
  attemptId: string
  questionId: string
  operationId: string
  seq: number
  response: string
  isBlank: boolean
  /** SHA-256 of the answer's canonical JSON. */
  answerHash: string
  /** The client's word in server time, milliseconds. */
  sentAt: number | null
}

export type StoredAnswer = { seq: number; storedAt: number; response: unknown }
export type Logged = { seq: number; storedAt: number; isLate: boolean; isStale: boolean; current: StoredAnswer | null }

/** How a save ended. `locked`: somebody holds the attempt's row; `missing`: there is no such attempt. */
export type SaveOutcome =
  | ({ kind: 'stored'; now: number; attempt: AttemptClock } & Logged)
  | { kind: 'too-late' | 'paused'; now: number; attempt: AttemptClock; isKept: boolean }
  | { kind: 'reused' | 'locked' | 'missing' }

/**
 * Stores saves; an outcome for each in order, given after the commit. No two saves of a batch may be for the same question of
 * the same attempt.
 */
export type StoreAnswers = (saves: readonly Save[]) => Promise<SaveOutcome[]>

/** Names one answer of one attempt, or one operation of it. */
export const keyOf = (attemptId: string, id: string): string => `${attemptId}/${id}`
