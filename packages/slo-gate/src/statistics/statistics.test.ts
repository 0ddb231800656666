import { describe, expect, setDefaultTimeout, test } from 'bun:test'
import fc from 'fast-check'
import { spendable } from './alpha-spending'
import { exactLowerBound, exactUpperBound } from './binomial'
import { type Arm, compareArms } from './compare-arms'
import { fisherTest } from './fisher'
import { requestsPerArm } from './requests-per-arm'

setDefaultTimeout(60_000)

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** How many of `total` are bad when each is so with probability `share`: the gaps between them are geometric. */
function draw(random: () => number, total: number, share: number): Arm {
  if (share <= 0) return { bad: 0, total }
  let bad = -1
  for (let at = 0; at <= total; bad++) at += Math.floor(Math.log(1 - random()) / Math.log1p(-share)) + 1
  return { bad, total }
}

describe('exact figures', () => {
  test('Fisher’s lady, who takes tea', () => {
    expect(fisherTest({ bad: 3, total: 4 }, { bad: 1, total: 4 })).toBeCloseTo(17 / 70, 12)
    expect(fisherTest({ bad: 4, total: 4 }, { bad: 0, total: 4 })).toBeCloseTo(1 / 70, 12)
    expect(fisherTest({ bad: 0, total: 4 }, { bad: 4, total: 4 })).toBeCloseTo(1, 12)
    expect(fisherTest({ bad: 0, total: 1_000_000 }, { bad: 0, total: 1_000_000 })).toBeCloseTo(1, 6)
  })

  test('it is the sum of the hypergeometric distribution, for every small table', () => {
    const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
    for (let bad = 0; bad <= 7; bad++) {
      for (let other = 0; other <= 5; other++) {
        const tail = Array.from({ length: 8 }, (_, k) => k).filter((k) => k >= bad)
        const ways = tail.map((k) => choose(7, k) * choose(5, bad + other - k))
        const expected = ways.reduce((sum, each) => sum + each, 0) / choose(12, bad + other)
        expect(fisherTest({ bad, total: 7 }, { bad: other, total: 5 })).toBeCloseTo(expected, 10)
      }
    }
  })

  test('the rule of three: none of 3000 proves 0.1 %, none of 2900 does not', () => {
    expect(exactUpperBound(0, 3_000, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 3_000), 12)
    expect(exactUpperBound(0, 3_000, 0.05)).toBeLessThan(0.001)
    expect(exactUpperBound(0, 2_900, 0.05)).toBeGreaterThan(0.001)
    const terms = { alarmLevel: 0.05, passLevel: 0.05, margin: 0.001, leastEvents: 1 }
    const clean = (total: number) => compareArms({ bad: 0, total }, { bad: 0, total }, terms).outcome
    expect([clean(2_900), clean(3_000)]).toEqual(['inconclusive', 'not-worse'])
  })

  test('bounds of Clopper and Pearson', () => {
    // Half of ten, two-sided 95 %: 0.1871 to 0.8129 in every table.
    expect(exactLowerBound(5, 10, 0.025)).toBeCloseTo(0.1871, 4)
    expect(exactUpperBound(5, 10, 0.025)).toBeCloseTo(0.8129, 4)
    expect([exactLowerBound(0, 10, 0.05), exactUpperBound(10, 10, 0.05), exactUpperBound(0, 0, 0.05)]).toEqual([
      0, 1, 1,
    ])
  })

  test.each([
    [0.01, 1_827, 224, 48],
    [0.001, 18_521, 2_311, 526],
    [0.0001, 185_467, 23_179, 5_298],
  ] as const)('requests an arm needs at %p: %p to see 2×, %p for 5×, %p for 14.4×', (baseline, two, five, fast) => {
    for (const [factor, expected] of [
      [2, two],
      [5, five],
      [14.4, fast],
    ] as const) {
      expect(Math.abs(requestsPerArm(baseline, factor) / expected - 1)).toBeLessThan(0.03)
    }
  })
})

describe('by simulation', () => {
  const margin = 0
  const oneLook = { alarmLevel: 0.05, passLevel: 0.05, margin, leastEvents: 1 }
  const shareWorse = (baseline: number, factor: number, total: number, runs = 2_000) => {
    const random = createRandom(20_261_127)
    let worse = 0
    for (let run = 0; run < runs; run++) {
      const [canary, stable] = [draw(random, total, baseline * factor), draw(random, total, baseline)]
      if (compareArms(canary, stable, oneLook).outcome === 'worse') worse++
    }
    return worse / runs
  }

  test.each([
    [0.01, 2, 1_827],
    [0.01, 5, 224],
    [0.01, 14.4, 48],
    [0.001, 2, 18_521],
    [0.001, 5, 2_311],
    [0.001, 14.4, 526],
    [0.0001, 5, 23_179],
    [0.0001, 14.4, 5_298],
  ])(
    'at %p, %p times as many are seen with that many requests, and not with a quarter of them',
    (baseline, factor, total) => {
      // Fisher's test is a little blinder than the approximation of which the figures are.
      expect(shareWorse(baseline, factor, total)).toBeGreaterThan(0.66)
      expect(shareWorse(baseline, factor, Math.ceil(total * 1.35))).toBeGreaterThan(0.8)
      expect(shareWorse(baseline, factor, Math.floor(total / 4))).toBeLessThan(0.5)
    },
  )

  test('two versions alike alarm in less than one of twenty cases', () => {
    for (const [share, total] of [
      [0.001, 5_000],
      [0.01, 500],
      [0.05, 2_000],
    ] as const) {
      expect(shareWorse(share, 1, total)).toBeLessThan(0.055)
    }
  })

  test('thirty looks alarm no more often than one', () => {
    const random = createRandom(7)
    const looks = 30
    let alarms = 0
    for (let run = 0; run < 500; run++) {
      const [canary, stable] = [
        { bad: 0, total: 0 },
        { bad: 0, total: 0 },
      ]
      for (let look = 1; look <= looks; look++) {
        for (const arm of [canary, stable]) {
          arm.bad += draw(random, 200, 0.01).bad
          arm.total += 200
        }
        const alarmLevel = spendable(0.05, (look - 1) / looks, look / looks)
        if (compareArms(canary, stable, { ...oneLook, alarmLevel }).outcome !== 'worse') continue
        alarms++
        break
      }
    }
    expect(alarms / 500).toBeLessThan(0.05)
  })

  test('what is worse by the margin passes in less than one of twenty cases', () => {
    const random = createRandom(3)
    const terms = { alarmLevel: 0.05, passLevel: 0.05, margin: 0.01, leastEvents: 1 }
    let passed = 0
    for (let run = 0; run < 2_000; run++) {
      const outcome = compareArms(draw(random, 2_000, 0.02), draw(random, 2_000, 0.01), terms).outcome
      if (outcome === 'not-worse') passed++
    }
    expect(passed / 2_000).toBeLessThan(0.055)
  })
})

test('all looks together spend what one may', () => {
  const looks = Array.from({ length: 37 }, (_, index) => spendable(0.05, index / 37, (index + 1) / 37))
  expect(looks.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0.05, 12)
  expect(spendable(0.05, 0.5, 0.5)).toBe(0)
  expect(spendable(0.05, 1, 2)).toBe(0)
})

test('more bad events of the new version never make it better', () => {
  const order = ['not-worse', 'inconclusive', 'worse']
  const arm = fc
    .integer({ min: 1, max: 3_000 })
    .chain((total) => fc.record({ total: fc.constant(total), bad: fc.integer({ min: 0, max: Math.ceil(total / 10) }) }))
  const terms = { alarmLevel: 0.02, passLevel: 0.05, margin: 0.005, leastEvents: 30 }
  fc.assert(
    fc.property(arm, arm, fc.integer({ min: 1, max: 100 }), (canary, stable, more) => {
      const spoilt = { ...canary, bad: Math.min(canary.total, canary.bad + more) }
      const rank = (one: Arm) => order.indexOf(compareArms(one, stable, terms).outcome)
      expect(rank(spoilt)).toBeGreaterThanOrEqual(rank(canary))
    }),
    { seed: 20_261_127, numRuns: 1_000 },
  )
})

test('few events say nothing, however bad', () => {
  const terms = { alarmLevel: 0.05, passLevel: 0.05, margin: 0.001, leastEvents: 50 }
  expect(compareArms({ bad: 49, total: 49 }, { bad: 0, total: 1_000 }, terms).outcome).toBe('inconclusive')
  expect(compareArms({ bad: 50, total: 50 }, { bad: 0, total: 1_000 }, terms).outcome).toBe('worse')
})
