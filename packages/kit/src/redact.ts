/** Names of members that never reach a log line, wherever they stand. */
const secretNames = new Set([
  ...['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'email', 'privatekey'],
  ...['accesstoken', 'seattoken', 'refreshtoken', 'idempotencykey'],
  ...['response', 'answer', 'answers', 'params', 'parameters', 'body'],
])
const cut = '[redacted]'
const maxDepth = 8
const maxItems = 100

/** A line's members without what is secret, at any depth, in lists and in errors, which become plain objects. */
export function redact(line: Record<string, unknown>): Record<string, unknown> {
  return isPlain(line) ? line : redactMembers(line, 0)
}

/** A line a request has nothing to cut out: it is looked through and not copied. */
function isPlain(line: Record<string, unknown>): boolean {
  for (const name in line) {
    const value = line[name]
    if (typeof value === 'object' || typeof value === 'function' || isSecretName(name)) return false
    if (typeof value === 'string' && suspicious.test(value)) return false
  }
  return true
}

const known = new Map<string, boolean>()

/** Names are few; whatever makes them many starts anew. */
function isSecretName(name: string): boolean {
  const before = known.get(name)
  if (before !== undefined) return before
  if (known.size > 1_000) known.clear()
  const isSecret = secretNames.has(name.toLowerCase())
  known.set(name, isSecret)
  return isSecret
}

function redactMembers(given: object, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name of Object.keys(given)) {
    const value: unknown = Reflect.get(given, name)
    const isSecret = isSecretName(name) && value !== null && value !== undefined
    kept[name] = isSecret ? cut : redactValue(value, depth + 1)
  }
  return kept
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > 5 ? scrub(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) return '[deeper]'
  if (value instanceof Error) return redactError(value, depth)
  if (Array.isArray(value)) return value.slice(0, maxItems).map((each) => redactValue(each, depth + 1))
  if (value instanceof Date) return value
  return redactMembers(value, depth)
}

/** Drivers put parameters and rows on their errors: only what names the fault is kept. */
function redactError(error: Error, depth: number): object {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }
  const errors =
    error instanceof AggregateError
      ? { errors: error.errors.slice(0, 10).map((each) => redactValue(each, depth + 1)) }
      : {}
  const message = scrub(error.message.replace(/\nparams: [\s\S]*$/, ''))
  return { type: error.name, message, ...code, stack: stackOf(error), ...cause, ...errors }
}

/** Frames alone: the message in front of them may have many lines. */
const stackOf = ({ stack = '' }: Error): string =>
  scrub(
    stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  )

const suspicious = /@|eyJ|(?:Bearer|Seat|Service|Basic) /

/** Cuts credentials and addresses of mail out of a text. */
function scrub(text: string): string {
  if (!suspicious.test(text)) return text
  return text
    .replace(/\b(Bearer|Seat|Service|Basic) [\w.~+/=-]{8,}/g, `$1 ${cut}`)
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, cut)
    .replace(/:\/\/[^/@\s:]*:[^/@\s]+@/g, `://${cut}@`)
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, cut)
}
