import { collectEvidence } from '@hourglass/crash-tests/evidence'
import { judge } from '@hourglass/crash-tests/judge'
import { untilSettled } from '@hourglass/crash-tests/settled'
import { createApi, signIn } from '@hourglass/support/api'
import type { History } from '@hourglass/support/history'
import type { Random } from '@hourglass/support/random'
import { type School, scheduleExam } from '@hourglass/support/school'
import { openSession } from '@hourglass/support/session'
import { sit } from '@hourglass/support/sitting'
import { graceSeconds, type Rig } from './rig/rig'
import { type Exam, type Scenario, usualStudents } from './scenario'
import { type Notes, watched } from './watched'

export type Outcome = {
  name: string
  saves: number
  /** Sendings without a final answer, each of them sent again. */
  retried: number
  slowestMs: number
  /** From the end of the fault until everything is sealed, marked, told and mailed. */
  settledMs: number
  /** What the judge found; empty is good. */
  faults: string[]
}

const limitSeconds = 10
/** Every fault is over long before. */
const patienceSeconds = 60
const endings = ['silent', 'submit', 'silent', 'hasty'] as const

/** One exam under one fault: students save in the open, the fault comes and goes, then the judge reads histories and databases. */
export async function runScenario(rig: Rig, school: School, scenario: Scenario, random: Random): Promise<Outcome> {
  const { teacher } = school
  const students = school.students.slice(0, scenario.students ?? usualStudents)
  const forgottenBefore = rig.backup.forgotten()
  const exam: Exam = {
    ...{ teacher, compensated: [] },
    id: () => {
      throw new Error('the exam is not scheduled yet')
    },
  }
  await scenario.before?.(rig, random, exam)
  const api = await signIn(createApi(rig.url, { timeoutMs: 30_000 }), teacher.email, teacher.password)
  const examId = await scheduleExam(api, school, { title: scenario.name, limitSeconds, release: 'automatic' })
  const history: History = []
  const notes: Notes = { slowestMs: 0, leaks: [] }
  // Everybody has signed in before the exam begins, so that the time of a sitting goes into the sitting.
  const sessions = await Promise.all(students.map((student) => openSession(rig.url, student)))
  const sittings = sessions.map((session, index) => {
    const student = students[index]
    if (!student) throw new Error('a session of nobody')
    return sit({
      ...{ student, examId, history },
      session: watched(
        session,
        student,
        students.filter((other) => other !== student),
        notes,
      ),
      random: random.fork(student.email),
      thinkMs: [100, 300],
      ending: endings[index % endings.length] ?? 'silent',
    })
  })
  const { afterMs = 1_500, during } = scenario
  const fault = Bun.sleep(afterMs).then(() => during(rig, random.fork('fault'), { ...exam, id: () => examId }))
  const ended = Promise.all([...sittings, fault]).then(() => true)
  const inTime = await Promise.race([ended, Bun.sleep((limitSeconds + patienceSeconds) * 1_000).then(() => false)])
  if (!inTime) return hopeless(scenario, history)
  await Bun.sleep(graceSeconds * 1_000 + 500)
  const healedAt = performance.now()
  await rig.heal()
  const open = await untilSettled(rig.dataFolder, examId)
  const settledMs = Math.round(performance.now() - healedAt)
  const evidence = await collectEvidence(rig.dataFolder, examId, history)
  const unknown = history.flatMap((event) => (event.kind === 'unknown' ? [event.reason.slice(0, 160)] : []))
  const forgotten = rig.backup.forgotten()
  return {
    ...{ name: scenario.name, saves: evidence.fates.length, retried: unknown.length, settledMs },
    slowestMs: Math.round(notes.slowestMs),
    faults: [
      ...open,
      ...judge(evidence, {
        networkGraceMs: graceSeconds * 1_000,
        forgotten: forgotten === forgottenBefore ? null : forgotten,
        compensated: exam.compensated,
      }),
      ...notes.leaks,
      ...judgeSaves(scenario, unknown, notes.slowestMs),
      ...rig.points.disarm().map((name) => `nobody came to where «${name}»: the scenario shows nothing`),
      ...(evidence.fates.length < students.length ? ['nothing was saved: the scenario shows nothing'] : []),
    ],
  }
}

/** Students who still wait for an answer when every fault is long over. */
const hopeless = ({ name }: Scenario, history: History): Outcome => ({
  ...{ name, saves: 0, retried: history.length },
  ...{ slowestMs: Number.POSITIVE_INFINITY, settledMs: Number.POSITIVE_INFINITY },
  faults: [`I12: ${patienceSeconds} s after the end somebody still waits for an answer`],
})

/** What the scenario promises of saves beside the invariants. */
function judgeSaves({ saves }: Scenario, unknown: readonly string[], slowestMs: number): string[] {
  if (!saves) return []
  return [
    ...(unknown.length > 0 ? [`${unknown.length} saves failed at first, such as by: ${unknown[0]}`] : []),
    ...(slowestMs > saves.withinMs ? [`a save took ${Math.round(slowestMs)} ms, ${saves.withinMs} are the most`] : []),
  ]
}
