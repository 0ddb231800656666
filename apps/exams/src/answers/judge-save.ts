export type AttemptState = 'open' | 'sealed' | 'abandoned'
export type SealCause = 'submitted' | 'deadline' | 'teacher'

/** What of an attempt decides about a save; times in milliseconds since 1970 by the database's clock. */
export type AttemptClock = {
  state: AttemptState
  deadline: number | null
  pausedAt: number | null
  sealedAt: number | null
  cause: SealCause | null
}

/** `late` is taken and marked so; `paused` is to be sent again on resumption; `too-late` is kept as evidence only. */
export type Verdict = 'on-time' | 'late' | 'paused' | 'too-late'

/**
 * Judges a save at `now`, read from the database after the attempt's row is locked. The network grace follows the deadline, a
 * teacher's seal and the start of a pause; it never follows a student's own submit. `sentAt`, the client's word in server
 * time, can only make it stricter. An attempt that ended by its deadline before the sealer came by is judged alike.
 */
export function judgeSave(attempt: AttemptClock, now: number, sentAt: number | null, networkGraceMs: number): Verdict {
  if (attempt.state === 'open' && attempt.pausedAt !== null) {
    return now <= attempt.pausedAt + networkGraceMs ? 'on-time' : 'paused'
  }
  const end = endOf(attempt)
  if (end === 'never') return 'on-time'
  if (end === 'closed') return 'too-late'
  if (attempt.state === 'open' && now <= end) return 'on-time'
  const wasSentInTime = sentAt === null || sentAt <= end
  return now <= end + networkGraceMs && wasSentInTime ? 'late' : 'too-late'
}

function endOf({ state, deadline, sealedAt, cause }: AttemptClock): number | 'never' | 'closed' {
  if (state === 'open') return deadline ?? 'never'
  return cause === 'submitted' || sealedAt === null ? 'closed' : sealedAt
}
