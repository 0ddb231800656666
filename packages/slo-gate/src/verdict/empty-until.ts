const hourSeconds = 3_600

/**
 * Seconds since 1970 at which so many of the oldest bad events have left the 30 days that the budget is not empty any more, if none is
 * added and traffic stays as it is. `badByHour` are the last 720 hours, the oldest first. `null` where they do not suffice.
 */
export function emptyUntil(badByHour: readonly number[], allowedBad: number, now: number): number | null {
  let bad = badByHour.reduce((sum, each) => sum + each, 0)
  for (const [hour, each] of badByHour.entries()) {
    if (bad < allowedBad) return now + hour * hourSeconds
    bad -= each
  }
  return bad < allowedBad ? now + badByHour.length * hourSeconds : null
}
