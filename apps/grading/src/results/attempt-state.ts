import { and, eq, isNotNull } from 'drizzle-orm'
import { isOfCurrentVersion } from '../marking/grading-version'
import { attempts, results } from '../schema'
import { toPercent } from './final-mark'
import type { ResultState } from './model'

export type Attempt = typeof attempts.$inferSelect
export type Result = typeof results.$inferSelect

/** Joins an attempt with the marks that hold for it: none while a newer snapshot is on its way. */
export const isCurrentResult = and(
  eq(results.attemptId, attempts.attemptId),
  isOfCurrentVersion(results),
  isNotNull(attempts.snapshot),
)

export function stateOfAttempt(attempt: Pick<Attempt, 'sealedAt'>, result: Result | null, isOut: boolean): ResultState {
  if (!attempt.sealedAt) return 'open'
  if (!result) return 'sealed'
  if (result.needsMarking) return 'needs-marking'
  return isOut ? 'released' : 'complete'
}

export const secondsBetween = (from: Date, to: Date | null): number | null =>
  to && Math.round((to.getTime() - from.getTime()) / 1_000)

/** The members that every view of an attempt for teachers shares. */
export function toAttemptFields(attempt: Attempt, result: Result | null, name: string | null, isOut: boolean) {
  return {
    attemptId: attempt.attemptId,
    person: { personId: attempt.personId, name: name ?? '' },
    number: attempt.number,
    state: stateOfAttempt(attempt, result, isOut),
    cause: attempt.cause,
    marks: result?.marks ?? null,
    maxMarks: result?.maxMarks ?? null,
    percent: result && toPercent(result.marks, result.maxMarks),
    startedAt: attempt.startedAt.toISOString(),
    sealedAt: attempt.sealedAt?.toISOString() ?? null,
    durationSeconds: secondsBetween(attempt.startedAt, attempt.sealedAt),
  }
}
