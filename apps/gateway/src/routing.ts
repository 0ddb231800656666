import { BadRequestError } from '@hourglass/kit/errors'

export const serviceNames = ['students', 'quizzes', 'exams', 'grading', 'notifier'] as const
export type ServiceName = (typeof serviceNames)[number]

const nouns: Record<ServiceName, readonly string[]> = {
  students: ['people', 'classes', 'sessions', 'accommodations', 'invitations'],
  quizzes: ['quizzes', 'questions', 'versions', 'images'],
  exams: ['exams', 'overrides', 'attempts'],
  grading: ['results', 'marks', 'statistics', 'releases', 'regrades'],
  notifier: ['messages', 'reliability'],
}

const ownerOf = new Map<string, ServiceName>(
  serviceNames.flatMap((name) => [...nouns[name], `${name}-events`].map((noun) => [noun, name] as const)),
)

/** The service that owns a noun, the first segment under `/api/`. Whatever is not in the table has no way in. */
export const serviceOf = (noun: string): ServiceName | null => ownerOf.get(noun) ?? null

/** A noun as it may be counted: anybody may claim any. */
export const knownNoun = (noun: string): string => (ownerOf.has(noun) ? noun : 'other')

export type Address = { pathname: string; search: string; segments: readonly string[] }

// An encoded dot, slash, backslash, control character or percent sign means one thing here and another behind the next
// decoder, which is how `/internal` is reached through a public noun.
const ambiguous = /%(?:2e|2f|5c|25|[01][0-9a-f]|7f)|[\\\0-\x20]/i

/**
 * Splits a request's address. Bun has resolved `.` and `..` before. Throws a BadRequestError for an address that another
 * server could read differently: empty segments, encoded separators, control characters.
 */
export function readAddress(url: string): Address {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const rest = start === -1 ? '/' : url.slice(start).replace(/#.*$/s, '')
  const query = rest.indexOf('?')
  const pathname = query === -1 ? rest : rest.slice(0, query)
  const search = query === -1 ? '' : rest.slice(query)
  const segments = pathname.slice(1).split('/')
  const isOdd = ambiguous.test(pathname) || segments.some((part, index) => isOddSegment(part, index, segments.length))
  if (isOdd || pathname.length > 2_000 || search.length > 4_000) {
    throw new BadRequestError('bad-address', 'The address of this request cannot be read.')
  }
  return { pathname, search, segments }
}

const isOddSegment = (part: string, index: number, count: number): boolean =>
  part === '.' || part === '..' || (part === '' && (index < count - 1 || (index > 0 && index === count - 1)))
