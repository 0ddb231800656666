export type ServerClock = {
  /** The server's time in milliseconds since 1970; `null` until it first spoke. */
  now: () => number | null
  /** Takes the server's word: `serverTime` is ISO, the other two are readings of the same monotonic clock, in ms. */
  note: (serverTime: string, sentAt: number, receivedAt: number) => void
  /**
   * Takes a word of the server that came unasked, as on the stream. How long it was under way nobody knows, so it can only say
   * that it is at least that late: it moves the clock on, never back.
   */
  noteUnasked: (serverTime: string, receivedAt: number) => void
  /** Forgets how good the reading is, so that the next word counts whatever its delay: after sleep the monotonic clock may lag. */
  distrust: () => void
}

type Reading = { offset: number; doubt: number }

/** Counted on: a computer's oscillator drifts by less, so an old reading grows this much less certain. */
const driftPerMs = 0.0002

/**
 * The server's clock as a browser can know it: the server's word plus a monotonic clock, never the computer's calendar.
 * An answer that took `d` ms pins the server's time to ± d/2, so the quickest answers win (Cristian's algorithm, 1989); one
 * that contradicts what was believed wins too, since then the computer has slept.
 */
export function createServerClock(monotonicNow: () => number = () => performance.now()): ServerClock {
  let best: (Reading & { at: number }) | null = null
  const doubtAt = (reading: Reading & { at: number }, at: number) =>
    reading.doubt + Math.abs(at - reading.at) * driftPerMs
  return {
    now: () => (best === null ? null : monotonicNow() + best.offset),
    note(serverTime, sentAt, receivedAt) {
      const time = Date.parse(serverTime)
      if (Number.isNaN(time)) return
      const doubt = Math.max(1, (receivedAt - sentAt) / 2)
      const reading = { offset: time - (sentAt + receivedAt) / 2, doubt, at: receivedAt }
      if (best === null) {
        best = reading
        return
      }
      const known = doubtAt(best, receivedAt)
      const isContradiction = Math.abs(reading.offset - best.offset) > doubt + known
      if (isContradiction || doubt <= known) best = reading
    },
    noteUnasked(serverTime, receivedAt) {
      const offset = Date.parse(serverTime) - receivedAt
      if (Number.isNaN(offset)) return
      if (best === null) best = { offset, doubt: Number.POSITIVE_INFINITY, at: receivedAt }
      else if (offset > best.offset) best = { ...best, offset }
    },
    distrust() {
      if (best) best = { ...best, doubt: Number.POSITIVE_INFINITY }
    },
  }
}

/** What is left of an attempt, in ms; stands still while it is paused; `null` without end or before the server spoke. */
export function remainingMs(
  { deadline, pausedAt }: { deadline: string | null; pausedAt: string | null },
  nowMs: number | null,
): number | null {
  if (deadline === null) return null
  const now = pausedAt === null ? nowMs : Date.parse(pausedAt)
  return now === null ? null : Math.max(0, Date.parse(deadline) - now)
}
