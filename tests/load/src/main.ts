/**
 * Measures, and judges nothing: `bun run load [--students 500] [--per-second 1000] [--seconds 30] [--only saturation]`. Prints
 * the figures as JSON. Needs `pgbench` for the yardstick.
 */
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { createApi, signIn } from '@hourglass/support/api'
import { databaseUrlOf } from '@hourglass/support/databases'
import { createProgram, type Program } from '@hourglass/support/program'
import { createSchool, type School, scheduleExam } from '@hourglass/support/school'
import { saturate } from './closed-loop'
import { runOpenLoop, summarise } from './open-loop'
import { runPgbench } from './pgbench'
import { nextSave, signInAll, startAll } from './room'
import { readSealDelays } from './seals'
import { openWires } from './wire'

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '500' },
    'per-second': { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    only: { type: 'string' },
  },
})
const [perSecond, seconds] = [Number(values['per-second']), Number(values.seconds)]

const program = await createProgram()
try {
  program.launch()
  await program.untilReady(120_000)
  const school = await createSchool(program, { students: Number(values.students) })
  const students = await signInAll(program.url, school)
  const teacher = await signIn(createApi(program.url), school.teacher.email, school.teacher.password)
  const schedule = (settings: object) => scheduleExam(teacher, school, { ...settings })
  print('machine', {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    bun: Bun.version,
  })
  if (values.only !== 'saturation') await measureExam(program, school, students, schedule)
  if (values.only !== 'exam') await measureSaturation(program, students, await schedule({ limitSeconds: 3_600 }))
} finally {
  await program.end()
}

/** Everybody starts within 10 s, saves are offered by the clock until the exam closes for all in the same second. */
async function measureExam(
  program: Program,
  { students: { length } }: School,
  students: Awaited<ReturnType<typeof signInAll>>,
  schedule: (settings: object) => Promise<string>,
): Promise<void> {
  const closesAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + (12 + seconds) * 1_000)
  const examId = await schedule({ closesAt: closesAt.toISOString() })
  const { seats, ms } = await startAll(students, examId, 10)
  print('start', { students: length, withinSeconds: 10, ms })
  const { host } = new URL(program.url)
  const wires = await openWires(program.url, 128)
  const secondsLeft = (closesAt.getTime() - Date.now()) / 1_000
  const samples = await runOpenLoop({ perSecond, seconds: secondsLeft }, async (index) => {
    const seat = seats[index % seats.length]
    if (!seat) throw new Error('nobody sits')
    const { status } = await wires.send(nextSave(seat, host))
    return status === 200 ? 'ok' : 'refused'
  })
  wires.close()
  print('saves', { offeredPerSecond: perSecond, everySecondsAStudent: length / perSecond, ...summarise(samples) })
  await Bun.sleep(4_000)
  print('seals', await readSealDelays(program.dataFolder, examId))
}

/** Saves and the yardstick in turns, so that whatever else the machine does meets both. */
async function measureSaturation(
  program: Program,
  students: Awaited<ReturnType<typeof signInAll>>,
  examId: string,
): Promise<void> {
  const { seats } = await startAll(students, examId, 5)
  const yardstickUrl = databaseUrlOf(program.dataFolder, 'postgres')
  for (const connections of [16, 32, 64]) {
    const before = runPgbench(yardstickUrl, { clients: connections, seconds: 6 })
    const saves = await saturate(program, seats, connections, 8)
    const after = runPgbench(yardstickUrl, { clients: connections, seconds: 6 })
    const pgbench = Math.round((before.perSecond + after.perSecond) / 2)
    print('saturation', { pgbench: [before, after], saves, ratio: Math.round((saves.perSecond / pgbench) * 100) / 100 })
  }
  for (const connections of [128, 192]) print('saturation', { saves: await saturate(program, seats, connections, 8) })
}

/** With the load average of the last minute: on a machine that others use too, figures say little without it. */
function print(what: string, figures: object): void {
  console.log(`${what} ${JSON.stringify({ ...figures, loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10 })}`)
}
