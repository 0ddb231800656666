import { runOpenLoop, summarise } from './open-loop'
import { nextSave, startAll } from './room'
import { readSealDelays } from './seals'
import { print, type Stage } from './stage'
import { openWires } from './wire'

/** Everybody starts, saves are offered by the clock until the exam closes for all in the same second. */
export async function measureExam(
  { program, students, startSeconds, schedule }: Stage,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<void> {
  const closesAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + (startSeconds + 2 + seconds) * 1_000)
  const examId = await schedule({ closesAt: closesAt.toISOString() })
  const { seats, busy, ms } = await startAll(students, examId, startSeconds)
  print('start', { students: students.length, withinSeconds: startSeconds, busy, ms })
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
  print('saves', {
    offeredPerSecond: perSecond,
    everySecondsAStudent: students.length / perSecond,
    ...summarise(samples),
  })
  await Bun.sleep(4_000)
  print('seals', await readSealDelays(program.dataFolder, examId))
}
