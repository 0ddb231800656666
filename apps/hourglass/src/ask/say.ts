const two = (number: number): string => String(number).padStart(2, '0')

/** `10:14:05`, by the clock of this machine. */
export function sayClock(ms: number): string {
  const time = new Date(ms)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
}

/** `2026-03-02`, by the calendar of this machine. */
export function sayDay(ms: number): string {
  const time = new Date(ms)
  return [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
}

/** `0.04 s`, `73 s`, `12 min 5 s`. */
export function saySeconds(ms: number): string {
  const seconds = ms / 1_000
  if (seconds < 10) return `${seconds.toFixed(2)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
