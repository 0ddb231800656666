export type OverduePolicy = 'auto-submit' | 'grace-period' | 'auto-abandon'

/**
 * The end of an attempt: start + limit or the close, whichever is first, over those that are set (Moodle), moved on by the
 * time that pauses took and outages were compensated with. `null`: it has no end.
 */
export function deadlineOf(attempt: {
  startedAt: Date
  limitSeconds: number | null
  closesAt: Date | null
  shiftMs: number
}): Date | null {
  const ends = [
    attempt.limitSeconds === null ? null : attempt.startedAt.getTime() + attempt.limitSeconds * 1_000,
    attempt.closesAt?.getTime() ?? null,
  ].filter((end) => end !== null)
  return ends.length === 0 ? null : new Date(Math.min(...ends) + attempt.shiftMs)
}

/** When an exam has closed for whoever sat this attempt; `null`: it never does. */
export const ownCloseOf = ({ closesAt, shiftMs }: { closesAt: Date | null; shiftMs: number }): Date | null =>
  closesAt && new Date(closesAt.getTime() + shiftMs)

/**
 * When the server ends an attempt by itself. `auto-submit`: at the deadline. `grace-period`: the answers close at the deadline, the
 * submit button that much later. `auto-abandon`: when no submit that was sent in time can still arrive.
 */
export function sealDueAtOf(
  attempt: { deadline: Date | null; pausedAt: Date | null },
  policy: { overduePolicy: OverduePolicy; graceSeconds: number },
  networkGraceSeconds: number,
): Date | null {
  if (attempt.deadline === null || attempt.pausedAt !== null) return null
  const addedSeconds = {
    'auto-submit': 0,
    'grace-period': policy.graceSeconds,
    'auto-abandon': networkGraceSeconds,
  }[policy.overduePolicy]
  return new Date(attempt.deadline.getTime() + addedSeconds * 1_000)
}
