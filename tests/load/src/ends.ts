import { readMarked } from './marks'
import { runOpenLoop, summarise } from './open-loop'
import { meterProcessors } from './processor'
import { nextSave, type Seat, startAll } from './room'
import { readSealDelays } from './seals'
import { print, type Stage } from './stage'
import { openWires } from './wire'

/** Students submit by the clock: how long from the seal to the marks, through outbox, broker and grading. */
export async function measureEvents(stage: Stage, perSecond: number): Promise<void> {
  const { program, students, startSeconds } = stage
  const examId = await stage.schedule({ limitSeconds: 3_600 })
  const { seats } = await startAll(students, examId, startSeconds)
  await answerOnce(stage, seats)
  const { host } = new URL(program.url)
  const wires = await openWires(program.url, 128)
  const since = new Date()
  const readMeter = meterProcessors(program)
  const submits = await runOpenLoop({ perSecond, seconds: seats.length / perSecond }, async (index) => {
    const seat = seats[index]
    if (!seat) throw new Error('nobody sits')
    const request = `POST /api/attempts/${seat.attemptId}/submit HTTP/1.1\r\nhost: ${host}\r\nauthorization: Seat ${seat.token}\r\ncontent-length: 0\r\n\r\n`
    return (await wires.send(request)).status === 200 ? 'ok' : 'refused'
  })
  wires.close()
  print('submits', { offeredPerSecond: perSecond, ...summarise(submits) })
  const marked = await readMarked(program.dataFolder, examId, seats.length, since)
  print('seal to marks', { ...marked, aSubmit: readMeter(seats.length) })
}

/** Everybody's time ends in the same second, and nobody says a word. */
export async function measureHerd(stage: Stage): Promise<void> {
  const { program, students, startSeconds } = stage
  const closesAt = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + (startSeconds + 20) * 1_000)
  const examId = await stage.schedule({ closesAt: closesAt.toISOString() })
  const { seats } = await startAll(students, examId, startSeconds)
  await answerOnce(stage, seats)
  await Bun.sleep(closesAt.getTime() - Date.now())
  const readMeter = meterProcessors(program)
  const marked = await readMarked(program.dataFolder, examId, seats.length, closesAt)
  print('herd', { seals: await readSealDelays(program.dataFolder, examId), marked, anAttempt: readMeter(seats.length) })
}

/** Two answers of each, so that there is something to mark. */
async function answerOnce({ program }: Stage, seats: readonly Seat[]): Promise<void> {
  const { host } = new URL(program.url)
  const wires = await openWires(program.url, 32)
  const saves = [...seats, ...seats].map(async (seat) => (await wires.send(nextSave(seat, host))).status)
  const refused = (await Promise.all(saves)).filter((status) => status !== 200)
  wires.close()
  if (refused.length > 0) throw new Error(`${refused.length} saves were refused`)
}
