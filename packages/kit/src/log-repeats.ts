import type { LogFn, Logger } from 'pino'

const most = 10
const windowMs = 10_000
const maxKinds = 200

type Kind = { since: number; written: number; leftOut: number }

/**
 * A hook of pino that lets ten equal errors through in 10 s (equal: message, kind and text of the error) and counts the others:
 * the first line after the 10 s has their number as `leftOut`. When PostgreSQL is away, thousands of requests fail alike in a
 * second, and the log of it must not be what fills the disk. Lines without an error are never left out.
 */
export function createRepeatLimit(now = () => Date.now()) {
  const kinds = new Map<string, Kind>()
  return function limitRepeats(this: Logger, args: Parameters<LogFn>, write: LogFn): void {
    const [first, message] = args
    const error = errorOf(first)
    if (error === null) {
      write.apply(this, args)
      return
    }
    const key = `${message}\n${keyOf(error)}`
    const kind = kindOf(kinds, key, now())
    if (kind.written >= most) {
      kind.leftOut++
      return
    }
    kind.written++
    const { leftOut } = kind
    kind.leftOut = 0
    if (leftOut === 0) write.apply(this, args)
    else write.call(this, { ...lineOf(first), leftOut }, String(message ?? ''))
  }
}

function kindOf(kinds: Map<string, Kind>, key: string, now: number): Kind {
  const known = kinds.get(key)
  if (known && now - known.since <= windowMs) return known
  if (kinds.size >= maxKinds) kinds.clear()
  const fresh = { since: now, written: 0, leftOut: known?.leftOut ?? 0 }
  kinds.set(key, fresh)
  return fresh
}

/** As pino reads it: an error by itself is the line's `err`. */
const lineOf = (given: unknown): object =>
  given instanceof Error ? { err: given } : typeof given === 'object' && given !== null ? given : {}

function errorOf(given: unknown): unknown {
  if (given instanceof Error) return given
  return typeof given === 'object' && given !== null && 'err' in given ? given.err : null
}

function keyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  // Ids in a text make equal errors look different.
  return `${error.name} ${code} ${error.message.replace(/[0-9a-f-]{8,}|\d+/gi, '#').slice(0, 200)}`
}
