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
  /** Of a third student, who has submitted: results and marks are about it. */
  sealedAttempt: string
  /** A question of the attempt's paper. */
  paperQuestion: string
  /** A mail to the student. */
  message: string
  /** A correction of the exam's key, which made its grading version 2. */
  regrade: string
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
  sealedAttempt: Bun.randomUUIDv7(),
  message: Bun.randomUUIDv7(),
  regrade: Bun.randomUUIDv7(),
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
  messages: 'message',
  parked: 'event',
}
const idOfParameter: Record<string, keyof Side> = {
  personId: 'student',
  attemptId: 'sealedAttempt',
  examId: 'exam',
  classId: 'class',
  questionId: 'paperQuestion',
  lateId: 'event',
  regradeId: 'regrade',
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
  'GET /api/regrades': (side) => `examId=${side.exam}`,
  'GET /api/releases': (side) => `examId=${side.exam}`,
  'GET /api/versions/:digest/diff': (side) => `against=${side.version}`,
  'GET /api/versions/:digest/export': () => 'format=gift',
  'GET /api/quizzes/:id/export': () => 'format=gift',
}

/** A body that the route would take, so that nothing but ownership can refuse it. */
export function bodyOf({ method, path }: PolicyRow, side: Side): unknown {
  const name = `${method} ${path}`
  const body = bodies[name]
  if (body) return body(side)
  return method === 'GET' || method === 'DELETE' ? undefined : {}
}

const text = { format: 'plain', text: '' }
const question = {
  type: 'true-false',
  id: 'q',
  title: 'A question',
  stem: { format: 'plain', text: 'True?' },
  maxMarks: '1',
  explanation: text,
  tags: [],
  answer: true,
  feedbackTrue: text,
  feedbackFalse: text,
}
const outage = () => ({
  from: new Date(Date.now() - 60_000).toISOString(),
  to: new Date().toISOString(),
  reason: 'a power cut',
})

const correction = ({ exam, paperQuestion }: Side) => ({
  ...{ examId: exam, questionId: paperQuestion, correction: { mode: 'full-credit' } },
})

const bodies: Record<string, (side: Side) => unknown> = {
  'PUT /api/quizzes/:id': ({ quizRevision }) => ({
    ...{ revision: quizRevision, title: 'Another title', intro: text, sections: [], settings: settings },
  }),
  'PATCH /api/classes/:id': () => ({ name: 'Another name' }),
  'PUT /api/classes/:id/members/:personId': () => ({ role: 'student', groups: [] }),
  'POST /api/classes/:id/roster': () => 'name,email\nNew Student,new@student.test\n',
  'PUT /api/accommodations/:personId': () => ({ timeFactor: '1.5', extraMinutes: 0, note: '' }),
  'PUT /api/questions/:id': ({ questionRevision }) => ({ revision: questionRevision, question }),
  'POST /api/exams': (side) => ({ versionDigest: side.version, classId: side.class }),
  'PATCH /api/exams/:id': () => ({ revision: 1, title: 'Another title' }),
  'POST /api/exams/:id/pause': () => ({ reason: 'a fire alarm' }),
  'POST /api/exams/:id/resume': () => ({ reason: 'a fire alarm' }),
  'POST /api/exams/:id/compensate': outage,
  'POST /api/overrides': (side) => ({ examId: side.exam, group: 'g', limitSeconds: 60 }),
  'PUT /api/overrides/:id': () => ({ limitSeconds: 60 }),
  'POST /api/attempts': (side) => ({ examId: side.exam }),
  'PUT /api/attempts/:id/answers/:questionId': () => ({
    ...{ operationId: Bun.randomUUIDv7(), seq: 100, response: { type: 'essay', text: 'Mine now.' } },
  }),
  'PUT /api/attempts/:id/flags': (side) => ({ questionIds: [side.paperQuestion] }),
  'POST /api/attempts/:id/pause': () => ({ reason: 'a fire alarm' }),
  'POST /api/attempts/:id/resume': () => ({ reason: 'a fire alarm' }),
  'PUT /api/marks/:attemptId/:questionId': () => ({ marks: '1', comment: '', revision: 0 }),
  'POST /api/releases': (side) => ({ examId: side.exam }),
  'POST /api/regrades': (side) => ({ ...correction(side), reason: 'the question was unclear', gradingVersion: 2 }),
  'POST /api/regrades/preview': (side) => correction(side),
  'POST /api/regrades/:regradeId/undo': () => ({ gradingVersion: 2 }),
}

const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const settings = {
  ...{ limitSeconds: null, attemptsAllowed: 1, gradingMethod: 'highest', layout: 'one' },
  ...{ shuffleQuestions: false, shuffleOptions: false, certainty: false, negativeMarks: false },
  reviewOptions: { during: nothing, justAfter: nothing, whileOpen: nothing, afterClose: nothing },
}
