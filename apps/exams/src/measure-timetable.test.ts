import { afterAll, expect, test } from 'bun:test'
import { createMetrics, renderMetrics } from '@hourglass/kit/metrics'
import { eq } from 'drizzle-orm'
import { openRoom } from '../fixtures/room'
import { measureRoomJob } from './measure-room'
import { exams, overrides } from './schema'

const room = await openRoom()
const { db } = room
afterAll(() => room.close())

async function measure(): Promise<Record<string, number>> {
  const { registry } = createMetrics('exams')
  await measureRoomJob(db, registry).run()
  const samples = renderMetrics(registry).matchAll(
    /^exams_timetable_timestamp_seconds\{.*?moment="([a-z-]+)".*?\} (\S+)$/gm,
  )
  return Object.fromEntries(
    [...samples].map(([, moment, value = '']) => [moment, value === '+Inf' ? Infinity : Number(value)]),
  )
}

const hour = 3_600_000
const at = (hours: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 + hours * hour)
const inSeconds = (date: Date) => date.getTime() / 1_000

test('the timetable says when exams open and close, and when it was asked', async () => {
  expect(await measure()).toEqual({
    ...{ measured: expect.closeTo(Date.now() / 1_000, -1), 'next-opening': 0, 'last-closing': 0, 'open-until': 0 },
  })
  const times = { long: at(-30), over: at(-2), now: at(-1), end: at(1), next: at(5), later: at(9) }
  await db
    .insert(exams)
    .values([
      await copyOf({ opensAt: times.long, closesAt: times.over }),
      await copyOf({ opensAt: times.now, closesAt: times.end }),
      await copyOf({ opensAt: times.next, closesAt: times.later }),
      await copyOf({ opensAt: at(2), closesAt: at(3), isCancelled: true }),
      await copyOf({ opensAt: at(-50), closesAt: at(-49) }),
    ])
  expect(await measure()).toMatchObject({
    'next-opening': inSeconds(times.next),
    'last-closing': inSeconds(times.over),
    'open-until': inSeconds(times.end),
  })
})

test('an exam without an end is open for ever, one without a beginning since ever', async () => {
  const endless = await copyOf({ opensAt: null, closesAt: null })
  await db.insert(exams).values([endless])
  expect(await measure()).toMatchObject({ 'open-until': Infinity })
  await db.update(exams).set({ isCancelled: true }).where(eq(exams.id, endless.id))
})

test('the time that one student was given counts', async () => {
  const usual = at(4)
  const exam = await copyOf({ opensAt: usual, closesAt: at(4.5) })
  await db.insert(exams).values([exam])
  const [early, late] = [at(0.5), at(8)]
  const give = (overridden: string[]) => ({
    ...{ id: Bun.randomUUIDv7(), examId: exam.id, personId: Bun.randomUUIDv7(), overridden, reason: 'r' },
    ...{ opensAt: early, closesAt: late },
  })
  await db.insert(overrides).values([give(['closesAt'])])
  expect(await measure()).toMatchObject({ 'next-opening': inSeconds(usual) })
  await db.insert(overrides).values([give(['opensAt', 'closesAt'])])
  expect(await measure()).toMatchObject({ 'next-opening': inSeconds(early) })
})

/** A row as scheduling makes it, at times that scheduling would refuse. */
async function copyOf(changes: Partial<typeof exams.$inferInsert>) {
  const { examId } = await room.schedule()
  const [row] = await db.delete(exams).where(eq(exams.id, examId)).returning()
  if (!row) throw new Error('nothing was scheduled')
  return { ...row, id: Bun.randomUUIDv7(), ...changes }
}
