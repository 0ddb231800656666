import { createApi, signIn } from '@hourglass/support/api'
import type { History } from '@hourglass/support/history'
import { createProgram, type Program } from '@hourglass/support/program'
import { createRandom, type Random } from '@hourglass/support/random'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { openSession } from '@hourglass/support/session'
import { sit } from '@hourglass/support/sitting'
import { collectEvidence } from './evidence'
import { judge } from './judge/judge'
import { createKiller, type Kind, kinds } from './killer'
import { untilSettled } from './settled'

export type CrashOptions = {
  kills: number
  students: number
  seed: number
  /** What is killed while the program serves; each as often as it stands here. */
  kinds: readonly Kind[]
  /** How long each exam is: kills go on from before its start until after its grace. */
  limitSeconds: number
  log: (line: string) => void
}
export type CrashReport = {
  seed: number
  kills: Record<Kind, number>
  /** Starts that ended by themselves and were made again. */
  failedStarts: number
  exams: number
  attempts: number
  operations: number
  acknowledged: number
  refused: number
  /** Sendings that got no final answer, each sent again. */
  unknownTries: number
  /** What the judge found; empty is good. */
  faults: string[]
}

/**
 * One exam after the other is sat while the program is killed and started again, until `kills` are spent; after each the judge
 * sees the histories of its students and the databases. Stops at the first exam with a fault.
 */
export async function runCrashLoop(options: CrashOptions): Promise<CrashReport> {
  const { seed, log } = options
  const random = createRandom(seed)
  const program = await createProgram()
  const kills: Record<Kind, number> = { program: 0, postgres: 0, both: 0 }
  const report: CrashReport = {
    ...{
      seed,
      kills,
      failedStarts: 0,
      exams: 0,
      attempts: 0,
      operations: 0,
      acknowledged: 0,
      refused: 0,
      unknownTries: 0,
      faults: [],
    },
  }
  try {
    program.launch()
    await program.untilReady(120_000)
    const school = await createSchool(program, { students: options.students })
    while (report.faults.length === 0 && spent(report) < options.kills) {
      await sitExam(program, school, random.fork(`exam ${report.exams}`), options, report)
      const { exams, operations, acknowledged, faults } = report
      log(
        `exam ${exams}: ${spent(report)} kills, ${operations} saves, ${acknowledged} acknowledged, ${faults.length} faults`,
      )
    }
    if (report.faults.length > 0) log(program.output().slice(-8_000))
    return report
  } catch (error) {
    log(program.output().slice(-8_000))
    throw error
  } finally {
    await program.end()
  }
}

const spent = ({ kills }: CrashReport) => kills.program + kills.postgres + kills.both

async function sitExam(
  program: Program,
  school: School,
  random: Random,
  options: CrashOptions,
  report: CrashReport,
): Promise<void> {
  const { kills, limitSeconds, log } = options
  const { teacher, students } = school
  const api = await signIn(createApi(program.url, { timeoutMs: 30_000 }), teacher.email, teacher.password)
  const examId = await scheduleExam(api, school, { limitSeconds, release: 'automatic' })
  const history: History = []
  const killer = createKiller(program, {
    random: random.fork('killer'),
    kills: kills - spent(report),
    kinds: options.kinds,
    log,
  })
  const killing = killer.run()
  const sittings = students.map(async (student, index) =>
    sit({
      ...{ student, examId, history },
      session: await openSession(program.url, student),
      random: random.fork(student.email),
      thinkMs: [100, 400],
      ending: index % 2 === 0 ? 'silent' : 'submit',
    }),
  )
  // The grace, its second seal and the marks are to be killed as well.
  const ended = Promise.all(sittings).then(() => Bun.sleep(networkGraceMs + 1_000))
  await Promise.race([ended, killing.then(() => ended)])
  killer.stop()
  await killing
  for (const kind of kinds) report.kills[kind] += killer.kills()[kind]
  report.failedStarts += killer.failedStarts()
  report.faults.push(...(await untilSettled(program.dataFolder, examId)))
  const evidence = await collectEvidence(program.dataFolder, examId, history)
  report.faults.push(...judge(evidence))
  report.exams++
  report.attempts += evidence.attempts.length
  report.operations += evidence.fates.length
  report.acknowledged += evidence.fates.filter(({ end }) => end === 'ok').length
  report.refused += evidence.fates.filter(({ end }) => end === 'refused').length
  report.unknownTries += history.filter(({ kind }) => kind === 'unknown').length
}

const networkGraceMs = 10_000
