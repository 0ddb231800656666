import type { PolicyRow } from '@hourglass/kit/auth/guard'

/** The things of one school half: everything in it belongs together. Another half's are another's, random ids nobody's. */
export type Side = {
  student: string
  teacher: string
  class: string
  quiz: string
  quizRevision: number
  question: string
  questionRevision: number
  version: string
  exam: string
  override: string
  attempt: string
  /** A question of the attempt's paper. */
  paperQuestion: string
  event: string
}

const randomDigest = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex')

/** Well formed, and nowhere. */
export const nowhere = (like: Pick<Side, 'quizRevision' | 'questionRevision' | 'paperQuestion'>): Side => ({
  ...like,
  student: Bun.randomUUIDv7(),
  teacher: Bun.randomUUIDv7(),
  class: Bun.randomUUIDv7(),
  quiz: Bun.randomUUIDv7(),
  question: Bun.randomUUIDv7(),
  version: randomDigest(),
  exam: Bun.randomUUIDv7(),
  override: Bun.randomUUIDv7(),
  attempt: Bun.randomUUIDv7(),
  event: Bun.randomUUIDv7(),
})

const idOfNoun: Record<string, keyof Side> = {
  people: 'student',
  classes: 'class',
  quizzes: 'quiz',
  questions: 'question',
  versions: 'version',
  images: 'version',
  exams: 'exam',
  overrides: 'override',
  attempts: 'attempt',
  accommodations: 'student',
  parked: 'event',
}
const idOfParameter: Record<string, keyof Side> = {
  personId: 'student',
  attemptId: 'attempt',
  examId: 'exam',
  classId: 'class',
  questionId: 'paperQuestion',
  lateId: 'event',
  digest: 'version',
}

/** The path of a row with a side's ids in it, and the query without which the route says nothing. */
export function pathOf({ method, path }: PolicyRow, side: Side): string {
  const filled = path.replace(/([^/]+)\/:(\w+)/g, (_, noun: string, name: string) => {
    const key =
      name === 'id' ? idOfNoun[noun] : name === 'questionId' && noun === 'questions' ? 'question' : idOfParameter[name]
    if (!key) throw new Error(`${path}: nothing known of :${name}`)
    return `${noun}/${side[key]}`
  })
  // The second parameter of two in a row has another parameter before it.
  const whole = filled.replace(/:(\w+)/g, (_, name: string) => String(side[idOfParameter[name] ?? 'event']))
  const query = queries[`${method} ${path}`]
  return query ? `${whole}?${query(side)}` : whole
}

const queries: Record<string, (side: Side) => string> = {
  'GET /api/accommodations': (side) => `classId=${side.class}`,
  'GET /api/overrides': (side) => `examId=${side.exam}`,
  'GET /api/results': (side) => `examId=${side.exam}`,
  'GET /api/results/gradebook': (side) => `examId=${side.exam}`,
  'GET /api/marks': (side) => `examId=${side.exam}`,
  'GET /api/releases': (side) => `examId=${side.exam}`,
  'GET /api/versions/:digest/diff': (side) => `against=${side.version}`,
  'GET /api/versions/:digest/export': () => 'format=gift',
  'GET /api/quizzes/:id/export': () => 'format=gift',
}
