import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { createAsker } from '@hourglass/slo/prometheus'
import { readSlos } from '@hourglass/slo/spec'
import { type PastPrometheus, specOf, startWithPast } from '../../fixtures/prometheus'
import { countSeries } from './count-events'
import { runVerify, type VerifyRequest } from './run-verify'
import { sayLook, toText } from './to-text'

const minutes = 60

/** Events a minute of one version's instances, `bad` of them bad. Their counters begin with them. */
function seriesOf(version: string, instances: readonly string[], good: number, bad: number, now: number): string[] {
  return instances.flatMap((instance) =>
    (['good', 'bad'] as const).flatMap((outcome) => {
      const each = outcome === 'good' ? good : bad
      const labels = `service="shop",outcome="${outcome}",instance="${instance}",version="${version}"`
      return Array.from({ length: minutes + 1 }, (_, minute) =>
        // A process that has failed never has no series of failures.
        each === 0 || minute === 0
          ? ''
          : `slo_events_total{${labels}} ${Math.floor(each * minute)} ${now - (minutes - minute) * 60}`,
      ).filter(Boolean)
    }),
  )
}

const infosOf = (version: string, instances: readonly string[], now: number) =>
  instances.flatMap((instance) =>
    Array.from(
      { length: minutes + 1 },
      (_, minute) =>
        `hourglass_build_info{instance="${instance}",version="${version}"} 1 ${now - (minutes - minute) * 60}`,
    ),
  )

setDefaultTimeout(120_000)
let prometheus: PastPrometheus
let request: Omit<VerifyRequest, 'versions' | 'since'>
let end = 0
beforeAll(async () => {
  const versions: [string, string[], number, number][] = [
    ['1.0', ['a:1', 'a:2'], 1_000, 0.5],
    ['2.0-bad', ['b:1'], 196, 4],
    ['2.0-good', ['c:1'], 1_000, 0],
    ['2.0-rare', ['d:1'], 0.4, 0.1],
  ]
  prometheus = await startWithPast([{ name: 'shop', minutes: -1, at: () => null }], {
    change: (_, group) => group,
    more: (now) => {
      end = now
      const counted = versions.flatMap(([version, instances, good, bad]) =>
        seriesOf(version, instances, good, bad, now),
      )
      const told = [...versions, ['2.0-mixed', ['a:2', 'e:1'], 0, 0] as const]
      return [...counted, ...told.flatMap(([version, instances]) => infosOf(version, instances, now))]
    },
  })
  request = {
    slos: readSlos([{ file: 'slo/shops.yaml', text: specOf('shop') }]).flatMap(({ slos }) => slos),
    ...{
      matchers: [],
      versionLabel: null,
      lastsSeconds: 1_800,
      everySeconds: 60,
      leastEvents: 50,
      budgets: 1,
      level: 0.05,
    },
  }
}, 120_000)
afterAll(() => prometheus?.stop())

/** Runs through the past: its clock is where we say, and to sleep is to move on in it. */
async function verify(canary: string, changes: Partial<VerifyRequest> = {}, url = prometheus.url) {
  let time = end - 2_400
  const clock = {
    now: () => time,
    sleep: async (seconds: number) => {
      time += seconds
    },
  }
  const said: string[] = []
  const whole = { ...request, versions: { canary, stable: '1.0' }, since: time, ...changes }
  const decision = await runVerify(() => createAsker({ url, deadlineMs: 30_000 }), whole, {
    clock,
    say: (looks, trouble) => said.push(trouble ?? looks.map(sayLook).join('; ')),
  })
  return { ...decision, said, minutes: (time - whole.since) / 60 }
}

describe('a new version against the old one, on a real Prometheus', () => {
  test('one that fails more often is rolled back within minutes', async () => {
    const { exitCode, why, looks, minutes, ...decision } = await verify('2.0-bad')
    expect([exitCode, why]).toEqual([1, 'The new version is worse: shop-main.'])
    expect(minutes).toBeLessThanOrEqual(5)
    // Counted one by one: so many a minute, and none guessed.
    expect(looks[0]).toMatchObject({
      canary: { bad: 4 * minutes, total: 200 * minutes },
    })
    const stable = looks[0]?.stable ?? { bad: 0, total: 0 }
    expect(stable.total - stable.bad).toBe(2_000 * minutes)
    expect(toText({ exitCode, why, looks, ...decision })).toStartWith(
      'Roll back: The new version is worse: shop-main.\nVersion 2.0-bad',
    )
  })

  test('one that does as well goes on, once a difference of a budget is refuted', async () => {
    const { exitCode, looks, minutes } = await verify('2.0-good')
    expect(exitCode).toBe(0)
    expect(minutes).toBeGreaterThanOrEqual(3)
    expect(looks[0]?.comparison.upper).toBeLessThanOrEqual(0.001)
  })

  test('one that hardly anybody uses cannot be told, and it is not said before the time is over', async () => {
    const { exitCode, minutes, why, said } = await verify('2.0-rare')
    expect([exitCode, minutes, why]).toEqual([3, 30, 'Until the end there were too few events to tell.'])
    expect(said).toHaveLength(30)
    expect(said[29]).toContain('That says nothing yet')
  })

  test('a label of the series can tell versions apart as well', async () => {
    expect(await verify('2.0-bad', { versionLabel: 'version' })).toMatchObject({ exitCode: 1 })
    expect(await verify('2.0-good', { versionLabel: 'version' })).toMatchObject({ exitCode: 0 })
  })

  test('a version that nothing runs, one instance that ran both, and nobody to ask', async () => {
    expect(await verify('3.0')).toMatchObject({ exitCode: 3, why: 'Nothing runs version 3.0.' })
    expect(verify('2.0-mixed')).rejects.toThrow('a:2 ran both versions')
    const away = await verify('2.0-bad', { lastsSeconds: 60 }, 'http://127.0.0.1:1')
    expect(away).toMatchObject({ exitCode: 3, why: expect.stringContaining('does not answer') })
  })
})

describe('counting', () => {
  const span = { from: 100, to: 200 }
  const count = (...points: [number, number][]) =>
    countSeries({ points: points.map(([at, value]) => ({ at, value })) }, span)
  test('what a counter had before does not count, what a new one begins with does', () => {
    expect(count([95, 1_000], [105, 1_001], [200, 1_004])).toBe(4)
    expect(count([105, 1], [110, 1])).toBe(1)
    expect(count()).toBe(0)
    expect(count([50, 7])).toBe(0)
  })

  test('a process that begins anew counts from 0', () => {
    expect(count([95, 50], [105, 52], [110, 3], [115, 4])).toBe(6)
  })

  test('a scraper that was away misses nothing', () => {
    expect(count([20, 10], [180, 30])).toBe(20)
  })
})
