import type { PageReport } from '@hourglass/kit/page-report'
import { createApi, signIn } from '@hourglass/support/api'
import { type Program, processesOf } from '@hourglass/support/program'
import { createRandom } from '@hourglass/support/random'
import { type School, scheduleExam } from '@hourglass/support/school'
import { openSession } from '@hourglass/support/session'
import { sit } from '@hourglass/support/sitting'

const endings = ['submit', 'silent', 'hasty', 'silent'] as const

/** So many students of the school sit so many exams, its first, for so long. */
export type Sittings = { sitters: number; exams: number; limitSeconds: number; thinkMs: readonly [number, number] }

/** Two exams, since what Prometheus sees of a counter for the first time has not grown yet. */
const few: Sittings = { sitters: endings.length, exams: 2, limitSeconds: 15, thinkMs: [100, 400] }
/** For pictures on which one sees something. */
const many: Sittings = { sitters: 24, exams: 3, limitSeconds: 60, thinkMs: [300, 1_200] }

export const isForDocs = process.env.HOURGLASS_PICTURES === 'docs'
export const sittings = isForDocs ? many : few

/** A class sits exams to their end, one after the other: some submit, some go on until the server ends them. */
export async function sitExams(
  program: Program,
  school: School,
  { sitters, exams, limitSeconds, thinkMs }: Sittings,
): Promise<void> {
  const random = createRandom(1014)
  const api = await signIn(createApi(program.url, { timeoutMs: 30_000 }), school.teacher.email, school.teacher.password)
  for (let number = 0; number < exams; number++) {
    const examId = await scheduleExam(api, school, { limitSeconds, release: 'automatic' })
    await Promise.all(
      school.students.slice(0, sitters).map(async (student, index) =>
        sit({
          ...{ student, examId, history: [] },
          session: await openSession(program.url, student),
          random: random.fork(`${student.email} ${number}`),
          thinkMs,
          ending: endings[index % endings.length] ?? 'silent',
        }),
      ),
    )
    await createApi(program.url).must('POST', '/api/telemetry', pageReport)
  }
}

/** What the page of a room says of itself after some trouble. The students here have no browser; tests/e2e has one that reports. */
const route = '/attempts/:attemptId'
const pageReport: PageReport = {
  loads: [{ route, arrival: 'navigate', seconds: 0.8 }],
  vitals: [
    { route, vital: 'LCP', seconds: 0.6 },
    { route, vital: 'INP', seconds: 0.05 },
  ],
  shifts: [{ route, score: 0.01 }],
  failedSaves: [{ reason: 'offline', count: 1 }],
  keptSeconds: [1.5, 12],
  spans: [],
  dropped: 0,
}

/** One request that takes longer than what the pages call slow: the service that answers it stands still for as long. */
export async function askSlowly(program: Program, ms = 700): Promise<void> {
  const api = await signIn(createApi(program.url), program.admin.email, program.admin.password)
  const { students } = processesOf(program.dataFolder)
  if (!students) throw new Error('no process is called students')
  process.kill(students, 'SIGSTOP')
  const answer = api.must('GET', '/api/people')
  await Bun.sleep(ms)
  process.kill(students, 'SIGCONT')
  await answer
}
