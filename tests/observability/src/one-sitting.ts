import { type Api, createApi, signIn } from '@hourglass/support/api'
import { openDatabases } from '@hourglass/support/databases'
import type { Program } from '@hourglass/support/program'
import { type Person, publishGift, type School, scheduleExam } from '@hourglass/support/school'
import { eventually } from './eventually'
import { newSpanId, newTraceId } from './spans'

/** What one student did, and what their teacher did to them; times in milliseconds since 1970. */
export type OneSitting = { attemptId: string; silentFrom: number; silentUntil: number }

const silenceMs = 3_500
/** Longer than `TRACE_SLOW_MS`, shorter than a statement may take. */
const heldMs = 900
const gift = '::Clock:: Who patented it? {=Huygens}\n\n::Why:: Why does a pendulum swing? {}'

type Started = {
  attemptId: string
  seatToken: string
  paper: { sections: { questions: { id: string; type: string }[] }[] }
}
type Queue = { items: { attemptId: string; questionId: string; revision: number; responseDigest: string }[] }

/**
 * A student sits an exam in which everything happens that somebody asks about afterwards: a stream that breaks, a silence, a save
 * that waits for a row held in PostgreSQL, a pause by the teacher, a submit, a save after it, and an essay that is marked late.
 */
export async function sitOnce(program: Program, school: School, student: Person): Promise<OneSitting> {
  const anonymous = createApi(program.url, { timeoutMs: 30_000 })
  const teacher = await signIn(anonymous, school.teacher.email, school.teacher.password)
  const versionDigest = await publishGift(teacher, gift)
  const settings = { limitSeconds: 600, release: 'automatic' }
  const examId = await scheduleExam(teacher, { ...school, versionDigest }, settings)
  const person = await signIn(anonymous, student.email, student.password)
  const started = await eventually(
    () => person.must<Started>('POST', '/api/attempts', { examId }),
    () => true,
  )
  const { attemptId, seatToken } = started
  const seat = anonymous.as(`Seat ${seatToken}`)
  const questions = started.paper.sections.flatMap((section) => section.questions)
  const save = createSaver(seat, attemptId, questions)

  await openStreamTwice(program, attemptId, seatToken)
  for (let number = 0; number < 3; number++) await mustAnswer(200, save())
  const silentFrom = Date.now()
  await Bun.sleep(silenceMs)
  const silentUntil = Date.now()
  await whileRowIsHeld(program, attemptId, () => mustAnswer(200, save()))
  await teacher.must('POST', `/api/attempts/${attemptId}/pause`, { reason: 'Ada feels faint' })
  await teacher.must('POST', `/api/attempts/${attemptId}/resume`, {})
  await mustAnswer(200, save())
  await seat.must('POST', `/api/attempts/${attemptId}/submit`)
  await mustAnswer(409, save())
  await markEssay(teacher, examId)
  return { attemptId, silentFrom, silentUntil }
}

function createSaver(seat: Api, attemptId: string, questions: readonly { id: string; type: string }[]) {
  let seq = 0
  return async () => {
    const question = questions[seq % questions.length]
    if (!question) throw new Error('the paper has no question')
    seq++
    const type = question.type === 'essay' ? 'essay' : 'short-answer'
    const body = { operationId: Bun.randomUUIDv7(), seq, response: { type, text: `Because of Galileo ${seq}` } }
    return seat.ask('PUT', `/api/attempts/${attemptId}/answers/${question.id}`, body)
  }
}

async function mustAnswer(status: number, answering: Promise<{ status: number; body: unknown }>): Promise<void> {
  const answer = await answering
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`)
}

/** As a browser whose connection broke. */
async function openStreamTwice({ url }: Program, attemptId: string, seatToken: string): Promise<void> {
  for (let time = 0; time < 2; time++) {
    const ending = new AbortController()
    const headers = { authorization: `Seat ${seatToken}` }
    await fetch(`${url}/api/attempts/${attemptId}/stream`, { headers, signal: ending.signal })
    ending.abort()
  }
}

async function whileRowIsHeld(program: Program, attemptId: string, work: () => Promise<void>): Promise<void> {
  const databases = openDatabases(program.dataFolder)
  const isHeld = Promise.withResolvers<void>()
  const holding = databases.of('exams').begin(async (tx) => {
    await tx`select id from exams.attempts where id = ${attemptId} for update`
    isHeld.resolve()
    await Bun.sleep(heldMs)
  })
  await Promise.all([holding, isHeld.promise.then(work)])
  await databases.close()
}

async function markEssay(teacher: Api, examId: string): Promise<void> {
  const { items } = await eventually(
    () => teacher.must<Queue>('GET', `/api/marks?examId=${examId}`),
    (queue) => queue.items.length > 0,
  )
  for (const { attemptId, questionId, revision, responseDigest } of items) {
    const mark = { marks: '1', comment: 'Well said', revision, responseDigest }
    await teacher.must('PUT', `/api/marks/${attemptId}/${questionId}`, mark)
  }
}

/** An attempt, and where a page submitted it from: what its `traceparent` said. */
export type Submitted = { attemptId: string; page: { traceId: string; spanId: string } }

/** Starts an attempt that the key marks alone, and submits it as a page does, which tells the gateway of it afterwards. */
export async function submitAtOnce(program: Program, school: School, student: Person): Promise<Submitted> {
  const anonymous = createApi(program.url, { timeoutMs: 30_000 })
  const teacher = await signIn(anonymous, school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { limitSeconds: 600, release: 'automatic' })
  const person = await signIn(anonymous, student.email, student.password)
  const { attemptId } = await eventually(
    () => person.must<Started>('POST', '/api/attempts', { examId }),
    () => true,
  )
  const page = { traceId: newTraceId(), spanId: newSpanId() }
  const startedAt = performance.now()
  const headers = { traceparent: `00-${page.traceId}-${page.spanId}-00` }
  await person.must('POST', `/api/attempts/${attemptId}/submit`, undefined, headers)
  await reportSubmit(anonymous, page, performance.now() - startedAt)
  return { attemptId, page }
}

async function reportSubmit(anonymous: Api, page: Submitted['page'], durationMs: number): Promise<void> {
  const call = { method: 'POST', noun: 'attempts', status: 200 }
  const span = { ...page, parentSpanId: null, route: '/attempts/:attemptId', call, agoMs: durationMs, durationMs }
  const nothing = { loads: [], vitals: [], shifts: [], failedSaves: [], keptSeconds: [], dropped: 0 }
  await anonymous.must('POST', '/api/telemetry', { ...nothing, spans: [span] })
}
