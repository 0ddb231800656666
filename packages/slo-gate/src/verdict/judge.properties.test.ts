import { expect, setDefaultTimeout, test } from 'bun:test'
import fc from 'fast-check'
import type { SloFacts, WindowReading } from './facts'
import { verdicts } from './finding'
import { judgeSlo } from './judge'
import { factsWith } from './test-facts'
import { byWindow, windows } from './windows'

setDefaultTimeout(60_000)
const runs = { seed: 20_261_127, numRuns: 3_000 }

/** Shares from far below a budget of 0.1 % to all: powers, so that each order of magnitude comes up. */
const share = fc.double({ min: -5, max: 0, noNaN: true }).map((power) => 10 ** power)
const window = fc.record({
  total: fc.double({ min: 0, max: 6, noNaN: true }).map((power) => Math.ceil(10 ** power)),
  ratio: fc.oneof(fc.constant(0), share),
  coverage: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
})

const anyFacts = fc
  .record({
    each: fc.array(window, { minLength: windows.length, maxLength: windows.length }),
    traffic: fc.constantFrom('flowing' as const, 'idle' as const, 'never' as const, 'vanished' as const),
    class: fc.constantFrom('feature' as const, 'fix' as const, 'hotfix' as const),
    whenUnknown: fc.constantFrom('closed' as const, 'open-with-warn' as const, 'last-known-good' as const),
    whenEmpty: fc.constantFrom('block' as const, 'warn' as const),
    reserve: fc.double({ min: 0, max: 1, noNaN: true }),
    outcome: fc.constantFrom('block' as const, 'warn' as const),
    dependency: fc.constantFrom('healthy' as const, 'burning' as const, 'unknown' as const),
    budget: fc.constantFrom(0, 0.0001, 0.001, 0.01, 0.1),
  })
  .map(({ each, traffic, class: name, outcome, dependency, budget, ...terms }): SloFacts => {
    const readings = byWindow((name): WindowReading => {
      const { total, ratio, coverage } = each[windows.indexOf(name)] ?? { total: 0, ratio: 0, coverage: 0 }
      return { total, ratio, coverage, bad: ratio * total, inside: total, query: name }
    })
    const facts = factsWith({
      ...{ terms, change: { class: name, labels: ['slo-fix'], reason: 'x' } },
      reading: { kind: 'read', traffic, windows: readings, rulesEvaluatedAt: null, badByHour: null },
      dependencies: [{ service: 'b', path: ['exams', 'b'], outcome, state: dependency, why: 'x' }],
    })
    return { ...facts, slo: { ...facts.slo, budget } }
  })

/** Makes a share of the good events of each window bad. */
function spoil(facts: SloFacts, shares: readonly number[]): SloFacts {
  const { reading } = facts
  if (reading.kind !== 'read') return facts
  const spoilt = byWindow((name): WindowReading => {
    const each = reading.windows[name]
    const ratio = (each.ratio ?? 0) + (1 - (each.ratio ?? 0)) * (shares[windows.indexOf(name)] ?? 0)
    return { ...each, ratio, bad: ratio * (each.total ?? 0) }
  })
  return { ...facts, reading: { ...reading, windows: spoilt } }
}

const rank = (facts: SloFacts): number => verdicts.indexOf(judgeSlo(facts).verdict)

test('more errors never make a verdict better', () => {
  const more = fc.array(fc.oneof(fc.constant(0), share), { minLength: windows.length, maxLength: windows.length })
  fc.assert(
    fc.property(anyFacts, more, (facts, shares) => {
      expect(rank(spoil(facts, shares))).toBeGreaterThanOrEqual(rank(facts))
    }),
    runs,
  )
})

test('a verdict is never "pass" while the value of a window is missing', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...windows), (facts, missing) => {
      const { reading } = facts
      if (reading.kind !== 'read') return
      const nothing = { ratio: null, total: null, bad: null, inside: null }
      const holed = { ...reading.windows, [missing]: { ...reading.windows[missing], ...nothing } }
      expect(judgeSlo({ ...facts, reading: { ...reading, windows: holed } }).verdict).not.toBe('pass')
    }),
    runs,
  )
})

test('the generator makes every verdict, and every row that looks at figures', () => {
  const found = fc.sample(anyFacts, runs).map(judgeSlo)
  expect([...new Set(found.map(({ verdict }) => verdict))].sort()).toEqual([...verdicts].sort())
  const rows = new Set(found.flatMap(({ findings }) => findings.map(({ row }) => row)))
  expect([...rows].sort((one, other) => one - other)).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
})
