import { afterAll, expect, setDefaultTimeout, test } from 'bun:test'
import { createMetrics } from '@hourglass/kit/metrics'
import { countSloEvents } from '@hourglass/kit/slo-events'
import { createNotifier, newId } from '../../fixtures/school'
import { eventCounts } from '../schema'
import type { PromiseReport, ReliabilityReport } from './model'
import { createOwnFigures } from './own/own-figures'

setDefaultTimeout(30_000)

const admin = { personId: newId(), role: 'admin' as const }
const closes: (() => Promise<void>)[] = []
afterAll(() => Promise.all(closes.map((close) => close())))

/** A school whose clock the test moves, and a program beside it that counts saves. */
async function createCountingSchool() {
  const clock = { at: new Date('2026-03-02T08:00:00Z') }
  let own: ReturnType<typeof createOwnFigures>
  const notifier = await createNotifier({ reliability: () => own.figures() })
  closes.push(notifier.close)
  /** As a process that begins: its counters are at 0. */
  const begin = () => {
    const { registry } = createMetrics('gateway')
    const count = countSloEvents(registry, 'saves', ['slow'])
    own = createOwnFigures({ db: notifier.db, services: () => [registry], now: () => clock.at })
    return count
  }
  const school = {
    notifier,
    count: begin(),
    turn: async () => {
      for (const job of own.jobs) await job.run()
    },
    /** Somebody looks at every step, with saves of each minute, and the job has its turn at the end. */
    pass: async (minutes: number, perMinute: { good: number; slow: number }) => {
      for (let step = 0; step < minutes * 4; step++) {
        clock.at = new Date(clock.at.getTime() + 15_000)
        if (step % 4 === 0) {
          school.count('good', perMinute.good)
          school.count('slow', perMinute.slow)
        }
        await own.figures()
      }
      await school.turn()
    },
    sleep: (hours: number) => {
      clock.at = new Date(clock.at.getTime() + hours * 3_600_000)
    },
    restart: () => {
      school.count = begin()
    },
    report: async () => (await notifier.ask(admin, '/api/reliability')).body as ReliabilityReport,
    saves: async () => promiseOf(await school.report(), 'exams-saves'),
  }
  return school
}

function promiseOf({ promises }: ReliabilityReport, id: string): PromiseReport {
  const found = promises.find((promise) => promise.id === id)
  if (!found) throw new Error(`there is no promise ${id}`)
  return found
}
const windowOf = (promise: PromiseReport, name: string) => promise.windows.find(({ window }) => window === name)

const school = await createCountingSchool()

test('an admin sees every promise with its words, a teacher is refused', async () => {
  const report = await school.report()
  expect(report.promises.length).toBeGreaterThan(10)
  for (const { promise, whoFeels, why, excluded, runbook } of report.promises) {
    for (const words of [promise, whoFeels, why, excluded]) expect(words.length).toBeGreaterThan(5)
    expect(runbook).toStartWith('docs/runbooks/')
  }
  for (const role of ['teacher', 'student'] as const) {
    expect((await school.notifier.ask({ personId: newId(), role }, '/api/reliability')).status).toBe(403)
  }
})

test('known events make known figures, window by window', async () => {
  await school.pass(30, { good: 99, slow: 1 })
  const saves = await school.saves()
  // 1 % of failures at 99.9 % burn ten times too fast.
  expect(windowOf(saves, '5m')).toMatchObject({ burnRate: 10, bad: 5, total: 500 })
  expect(windowOf(saves, '30m')).toMatchObject({ burnRate: 10, bad: 30, total: 3_000, coverage: 1 })
  expect(windowOf(saves, '1h')).toMatchObject({ burnRate: 10, bad: 30, coverage: 0.5 })
  expect(windowOf(saves, '6h')?.coverage).toBeCloseTo(1 / 12)
  expect(windowOf(saves, '30d')?.coverage).toBeCloseTo(1 / 1_440, 4)
  expect(saves.budgetLeft).toBeCloseTo(1 - 10 / 1_440, 4)
  expect(saves.hoursToEmpty).toBeCloseTo((saves.budgetLeft ?? 0) * 72, 1)
})

test('what burns fast is a page, when it is long enough, and ends when it stops', async () => {
  // 14.4 budgets of an hour of 100 a minute are 86.4 bad saves, of which there are 30: two more minutes are not enough, three are.
  const states: string[] = []
  for (let minute = 1; minute <= 6; minute++) {
    await school.pass(1, { good: 80, slow: 20 })
    states.push((await school.saves()).state)
  }
  expect(states.slice(0, 4)).toEqual(['fine', 'fine', 'page', 'page'])
  expect(windowOf(await school.saves(), '5m')).toMatchObject({ burnRate: 200 })
  await school.pass(40, { good: 100, slow: 0 })
  expect((await school.saves()).state).not.toBe('page')
})

test('a restart forgets nothing: neither what was counted, nor for how long', async () => {
  const before = await school.saves()
  school.restart()
  expect(await school.saves()).toEqual(before)
  school.count('slow', 3)
  expect(windowOf(await school.saves(), '30d')?.bad).toBe((windowOf(before, '30d')?.bad ?? 0) + 3)
})

test('while the program sleeps nothing is covered, and what is old leaves each window in its time', async () => {
  const before = await school.saves()
  school.sleep(12)
  await school.turn()
  const after = await school.saves()
  expect(windowOf(after, '6h')).toMatchObject({ burnRate: null, total: 0, bad: 0 })
  expect(windowOf(after, '1d')).toMatchObject({ bad: windowOf(before, '1d')?.bad })
  expect((windowOf(after, '1d')?.coverage ?? 0) - (windowOf(before, '1d')?.coverage ?? 0)).toBeLessThan(0.001)
  expect(after).toMatchObject({ state: 'fine', hoursToEmpty: null })
  school.sleep(31 * 24)
  await school.turn()
  expect(windowOf(await school.saves(), '30d')).toMatchObject({ total: 0, bad: 0 })
  expect((await school.notifier.db.select().from(eventCounts)).length).toBe(3)
})

test('what could not be stored is stored with the next turn', async () => {
  const other = await createCountingSchool()
  await other.turn()
  await other.notifier.sql`alter table notifier.event_counts rename to away`
  other.count('slow', 7)
  other.sleep(0.1)
  expect(other.turn()).rejects.toThrow()
  await other.turn().catch(() => {})
  await other.notifier.sql`alter table notifier.away rename to event_counts`
  other.sleep(0.1)
  await other.turn()
  other.restart()
  expect(windowOf(await other.saves(), '1h')).toMatchObject({ bad: 7 })
})

test('where nothing is counted, and where nobody said who counts, it is said', async () => {
  const off = createOwnFigures({ db: school.notifier.db, services: null })
  const missing = async (own: Parameters<typeof createNotifier>[0]) => {
    const notifier = await createNotifier(own)
    closes.push(notifier.close)
    return (await notifier.ask(admin, '/api/reliability')).body
  }
  const nothing = { state: 'unknown', budgetLeft: null, windows: [] }
  expect(await missing({ reliability: off.figures })).toMatchObject({ source: 'own', missing: 'metrics' })
  expect(await missing({})).toMatchObject({
    ...{ source: 'none', missing: 'address', measuredAt: null },
    promises: expect.arrayContaining([expect.objectContaining(nothing)]),
  })
})
