/** Milliseconds to add to the page's monotonic clock to get the server's; null until a first answer came. */
let offsetMs: number | null = null

/** Takes the server's time from an answer's `date` header, or from a body. Good to a second: for words such as "in 2 hours". */
export function noteServerTime(value: string | null): void {
  const time = value === null ? Number.NaN : Date.parse(value)
  if (!Number.isNaN(time)) offsetMs = time - performance.now()
}

/** The server's time in milliseconds since 1970, whatever this computer's calendar says. */
export const serverNow = (): number => (offsetMs === null ? Date.now() : performance.now() + offsetMs)
