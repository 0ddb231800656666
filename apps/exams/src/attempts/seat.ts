import type { SignSeat } from '../deps'
import type { AttemptRow } from './find-attempt'

const dayMs = 24 * 3_600_000

/** Until when the seat of an attempt is good: its end and every grace; a day where it has no end or its clock stands still. */
export function seatExpiryOf(attempt: AttemptRow, networkGraceSeconds: number, now: Date): Date {
  const { deadline, sealDueAt, pausedAt } = attempt
  if (deadline === null || pausedAt !== null) return new Date(now.getTime() + dayMs)
  const end = Math.max(deadline.getTime(), sealDueAt?.getTime() ?? 0)
  return new Date(end + networkGraceSeconds * 1_000)
}

/** The capability for this attempt alone; `null` once it has ended. */
export async function signSeatOf(
  { signSeat, networkGraceSeconds }: { signSeat: SignSeat; networkGraceSeconds: number },
  attempt: AttemptRow,
  now: Date,
): Promise<string | null> {
  if (attempt.state !== 'open') return null
  return signSeat(attempt.personId, { attempt: attempt.id }, seatExpiryOf(attempt, networkGraceSeconds, now))
}
