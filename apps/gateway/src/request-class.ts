/**
 * How near a request is to an answer that must not be lost: the first is shed last. A sign-in has a lane of its own: it waits
 * for seconds while passwords are hashed, and a class that arrives at once must not take the places of those who start.
 */
export const priorities = ['save', 'start', 'read', 'bulk', 'sign-in'] as const
export type Priority = (typeof priorities)[number]

export type RequestClass = {
  priority: Priority
  maxBodyBytes: number
  /** `null`: a stream, which ends when either side ends it. */
  timeoutMs: number | null
}

const kilobyte = 1_024
const megabyte = 1_024 * kilobyte
const gatewayTimeoutMs = 5_000
/** Longer than the queue for hashing a password, which refuses in its own words. */
const signInTimeoutMs = 30_000
const longTimeoutMs = 60_000

const usual = { maxBodyBytes: megabyte, timeoutMs: gatewayTimeoutMs }
const save: RequestClass = { ...usual, priority: 'save', maxBodyBytes: 256 * kilobyte }
const start: RequestClass = { ...usual, priority: 'start' }
const signIn: RequestClass = { priority: 'sign-in', maxBodyBytes: 16 * kilobyte, timeoutMs: signInTimeoutMs }
const stream: RequestClass = { ...usual, priority: 'read', timeoutMs: null }
const read: RequestClass = { ...usual, priority: 'read' }
const image: RequestClass = { ...read, maxBodyBytes: 5 * megabyte, timeoutMs: longTimeoutMs }
const bulk: RequestClass = { ...usual, priority: 'bulk' }
const long: RequestClass = { ...bulk, maxBodyBytes: 20 * megabyte, timeoutMs: longTimeoutMs }

// `*` stands for one segment. The first row that fits decides.
const rows: readonly (readonly [method: string, pattern: string, requestClass: RequestClass])[] = [
  ['PUT', 'attempts/*/answers/*', save],
  ['PUT', 'attempts/*/flags', save],
  ['POST', 'attempts/*/submit', save],
  ['POST', 'attempts', start],
  ['GET', 'attempts/*', start],
  ['GET', 'attempts/*/stream', stream],
  ['GET', 'exams/mine', start],
  ['GET', 'people/me', start],
  ['POST', 'sessions', signIn],
  ['PUT', 'people/me/password', signIn],
  ['POST', 'invitations/accept', signIn],
  ['POST', 'sessions/refresh', start],
  ['DELETE', 'sessions/current', start],
  ['POST', 'images', image],
  ['GET', 'results/mine', read],
  ['POST', 'quizzes/import', long],
  ['GET', 'quizzes/*/export', long],
  ['GET', 'versions/*/export', long],
  ['POST', 'classes/*/roster', long],
  ['GET', 'classes/*/roster', long],
  ['GET', 'results/gradebook', long],
  ['GET', 'statistics/*', long],
  ['GET', 'versions/*/diff', bulk],
  ['GET', 'exams/*/audit', bulk],
  ['GET', 'exams/*/times', bulk],
  ['GET', '*', bulk],
]
const patterns = rows.map(([method, pattern, requestClass]) => ({ method, parts: pattern.split('/'), requestClass }))

/** The class of a request by its method and its segments after `/api/`. Single things and teachers' writes are reads. */
export function requestClassOf(method: string, segments: readonly string[]): RequestClass {
  const fits = patterns.find(
    (row) =>
      row.method === method &&
      row.parts.length === segments.length &&
      row.parts.every((part, index) => part === '*' || part === segments[index]),
  )
  return fits?.requestClass ?? read
}
