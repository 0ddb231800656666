export type Milestone = 'half' | 'fifth' | 'five' | 'one'

/** Hours and minutes until ten minutes are left, then minutes and seconds. `null` while the server's clock is unknown. */
export function showRemaining(ms: number | null): string | null {
  if (ms === null) return null
  // Rounded up: "0:00" is shown when the time is up and not a second before.
  const seconds = Math.ceil(ms / 1_000)
  if (seconds <= 600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}

const two = (value: number) => String(value).padStart(2, '0')

/** The last of the moments that are told: half, a fifth, five minutes, one minute; `null` before the first. */
export function milestoneOf(ms: number, totalMs: number | null): Milestone | null {
  if (ms <= 60_000) return 'one'
  if (ms <= 300_000) return 'five'
  if (totalMs === null) return null
  if (ms <= totalMs / 5) return 'fifth'
  return ms <= totalMs / 2 ? 'half' : null
}
