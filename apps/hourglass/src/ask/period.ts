import { Problem } from '../problem'

/** Milliseconds since 1970. `isAsked`: somebody named it, so that what lies outside of it is not meant. */
export type Period = { from: number; to: number; isAsked: boolean }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Loki takes no longer question than its `max_query_length`, 721 h; marks that come later than a week are asked for by `--from`. */
const usualMs = 7 * dayMs
const longestMs = 30 * dayMs
const aroundMs = 5 * minuteMs

/**
 * The time that is asked about: around `at`, from `from` to `to`, or from the attempt's beginning on, which its id tells (RFC 9562,
 * version 7). Throws a Problem for a time that cannot be read, is not over yet, or spans more than 30 days.
 */
export function readPeriod(
  attemptId: string,
  { at, from, to }: { at?: string | undefined; from?: string | undefined; to?: string | undefined },
  now: number,
): Period {
  if (at !== undefined && (from !== undefined || to !== undefined)) throw new Problem('--at, or --from and --to.')
  const began = beginningOf(attemptId)
  const isAsked = at !== undefined || from !== undefined || to !== undefined
  const start = began === null ? now - dayMs : began - minuteMs
  const period = at === undefined ? between(from, to) : around(readTime('--at', at, began ?? now))
  if (period.from >= now) throw new Problem(`${new Date(period.from).toISOString()} has not been yet.`)
  if (period.to <= period.from) throw new Problem('--to wants a time after --from.')
  if (period.to - period.from > longestMs) throw new Problem('Ask about 30 days at the most.')
  return { ...period, to: Math.min(period.to, now), isAsked }

  function between(first: string | undefined, last: string | undefined) {
    const begins = first === undefined ? start : readTime('--from', first, began ?? now)
    return { from: begins, to: last === undefined ? begins + usualMs : readTime('--to', last, began ?? now) }
  }
}

const around = (time: number) => ({ from: time - aroundMs, to: time + aroundMs })

/** When an id of version 7 was made; `null` for another. */
function beginningOf(id: string): number | null {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null
}

/** `10:14` on the day of `near` here, or on the next if that is long before it; or a whole time of ISO 8601. */
function readTime(name: string, text: string, near: number): number {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? []
  if (hours === undefined) {
    const time = Date.parse(text)
    if (Number.isNaN(time))
      throw new Problem(`${name} wants a time such as 10:14 or 2026-03-02T10:14:00Z, not "${text}".`)
    return time
  }
  const time = new Date(near).setHours(Number(hours), Number(minutes), Number(seconds), 0)
  return time < near - aroundMs ? time + dayMs : time
}
