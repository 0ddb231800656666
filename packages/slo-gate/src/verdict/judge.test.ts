import { describe, expect, test } from 'bun:test'
import type { SloFacts } from './facts'
import { judgeSlo } from './judge'
import { factsWith, now, readingWith } from './test-facts'

/** The verdict, and the rows that spoke. */
const said = (facts: SloFacts) => {
  const { verdict, findings } = judgeSlo(facts)
  return [verdict, ...findings.map(({ row, kind }) => `${row} ${kind}`)]
}
const fast = readingWith({ '5m': 0.02, '1h': 0.02 })
const empty = readingWith({ '30d': 0.0011 })
const slow = readingWith({ '2h': 0.004, '1d': 0.004 })
const frozen = { name: 'winter', reason: 'Holidays.', until: now + 60 }
const override = { id: 'O-1', by: 'cleo', reason: 'r', ticket: 'T-1', expiresAt: now + 60 }

describe('rows 2 to 4: what may go out whatever burns', () => {
  test('a rollback always passes', () => {
    for (const reading of [fast, empty, { kind: 'failed', why: 'x' } as const]) {
      expect(said(factsWith({ reading, freezes: [frozen], change: { class: 'rollback' } }))).toEqual([
        'pass',
        '2 rollback',
      ])
    }
  })

  test('an override passes, and is named', () => {
    const verdict = judgeSlo(factsWith({ reading: fast, override }))
    expect(verdict).toMatchObject({ verdict: 'pass', findings: [{ row: 3, what: expect.stringContaining('cleo') }] })
  })

  test.each(['hotfix', 'security'] as const)('a %s is spared freezes and budgets, not a fast burn', (name) => {
    const change = { class: name }
    expect(said(factsWith({ change, freezes: [frozen], reading: empty }))).toEqual([
      'warn',
      '5 freeze',
      '10 empty-budget',
    ])
    expect(said(factsWith({ change, exams: { kind: 'busy', why: 'x', until: null } }))).toEqual(['warn', '5 exam'])
    expect(said(factsWith({ change, exams: { kind: 'unknown', why: 'x' } }))).toEqual(['warn', '5 exam-unknown'])
    expect(said(factsWith({ change, reading: fast }))).toEqual(['block', '9 fast-burn'])
    expect(said(factsWith({ change: { ...change, incident: 'INC-7' }, reading: fast }))).toEqual([
      'warn',
      '9 fast-burn',
    ])
  })

  test('a fix of the burning service needs its label and a reason, and is spared no freeze', () => {
    const fix = { class: 'fix', labels: ['slo-fix'], reason: 'Mends the pool.' } as const
    expect(said(factsWith({ change: fix, reading: fast }))).toEqual(['warn', '9 fast-burn'])
    expect(said(factsWith({ change: fix, reading: empty }))).toEqual(['warn', '10 empty-budget'])
    expect(said(factsWith({ change: { ...fix, labels: [] }, reading: fast }))).toEqual(['block', '9 fast-burn'])
    expect(said(factsWith({ change: { ...fix, reason: null }, reading: fast }))).toEqual(['block', '9 fast-burn'])
    expect(said(factsWith({ change: { ...fix, services: ['grading'] }, reading: fast }))).toEqual([
      'block',
      '9 fast-burn',
    ])
    expect(said(factsWith({ change: fix, freezes: [frozen] }))).toEqual(['block', '5 freeze'])
  })
})

describe('row 5: freezes', () => {
  test('a window, an open exam and an exam nobody knows of stop a deploy', () => {
    expect(judgeSlo(factsWith({ freezes: [frozen] }))).toMatchObject({
      verdict: 'block',
      findings: [{ row: 5, until: now + 60, what: expect.stringContaining('Holidays.') }],
    })
    expect(said(factsWith({ exams: { kind: 'busy', why: 'An exam is open.', until: null } }))).toEqual([
      'block',
      '5 exam',
    ])
    expect(said(factsWith({ exams: { kind: 'unknown', why: 'x' } }))).toEqual(['cannot-tell', '5 exam-unknown'])
    expect(said(factsWith({ exams: null }))).toEqual(['pass', '15 healthy'])
  })
})

describe('rows 6 to 8: silence is never green', () => {
  const failed = { kind: 'failed', why: 'no answer' } as const
  test('an address that does not answer, and rules that are stale', () => {
    expect(said(factsWith({ reading: failed }))).toEqual(['cannot-tell', '6 unreachable'])
    expect(said(factsWith({ reading: { kind: 'stale', why: ['old'] } }))).toEqual(['cannot-tell', '7 stale-rules'])
  })

  test('a low tier is let through with a warning', () => {
    expect(said(factsWith({ reading: failed, terms: { whenUnknown: 'open-with-warn' } }))).toEqual([
      'warn',
      '6 unreachable',
    ])
  })

  test('the last known verdict stands in for 15 minutes, to the second', () => {
    const of = (age: number | null) =>
      judgeSlo(
        factsWith({
          reading: failed,
          terms: { whenUnknown: 'last-known-good' },
          lastKnownGoodAt: age === null ? null : now - age,
        }),
      ).verdict
    expect([of(0), of(900), of(901), of(-1), of(null)]).toEqual([
      'warn',
      'warn',
      'cannot-tell',
      'cannot-tell',
      'cannot-tell',
    ])
  })

  test('idle is told from vanished, long silent and never seen', () => {
    const idle = readingWith({ '5m': { ratio: null, total: 0 } }, { traffic: 'idle' })
    expect(said(factsWith({ reading: idle }))).toEqual(['pass', '8 idle', '15 healthy'])
    expect(said(factsWith({ reading: { ...empty, traffic: 'idle' } }))).toEqual(['block', '8 idle', '10 empty-budget'])
    expect(said(factsWith({ reading: readingWith({}, { traffic: 'vanished' }) }))).toEqual(['block', '8 vanished'])
    expect(said(factsWith({ reading: readingWith({}, { traffic: 'silent' }) }))).toEqual(['cannot-tell', '8 silent'])
    const nothing = { ratio: null, total: null, bad: null, inside: null, coverage: 0 }
    const never = readingWith({ '5m': nothing, '1h': nothing, '30d': nothing }, { traffic: 'never' })
    expect(said(factsWith({ reading: never }))).toEqual(['warn', '12 short-history'])
  })

  test('a window without a value, or half a window, cannot be told', () => {
    expect(said(factsWith({ reading: readingWith({ '6h': { ratio: null, total: null } }) }))).toEqual([
      'cannot-tell',
      '8 window-missing',
    ])
    expect(said(factsWith({ reading: readingWith({ '6h': { ratio: null, total: 0 } }) }))).toEqual([
      'pass',
      '15 healthy',
    ])
    const half = judgeSlo(factsWith({ reading: readingWith({ '6h': { coverage: 0.5 } }) }))
    expect(half).toMatchObject({ verdict: 'cannot-tell', findings: [{ what: expect.stringContaining('6h (50 %') }] })
    expect(said(factsWith({ reading: readingWith({ '6h': { coverage: 0.95 } }) }))).toEqual(['pass', '15 healthy'])
  })
})

describe('rows 9 to 13: what burns', () => {
  test('a page pair blocks with most of the budget left, and says until when', () => {
    const { verdict, findings } = judgeSlo(factsWith({ reading: fast }))
    expect(verdict).toBe('block')
    // 5 min · (1 − 14.4 · 0.001 / 0.02) = 84 s.
    expect(findings[0]).toMatchObject({ row: 9, until: now + 84, figures: [{ value: 0.02, threshold: 0.0144 }, {}] })
    expect(said(factsWith({ reading: readingWith({ '30m': 0.007, '6h': 0.007 }) }))[1]).toBe('9 fast-burn')
  })

  test('one window alone burns nothing', () => {
    for (const reading of [
      readingWith({ '5m': 0.5 }),
      readingWith({ '1h': 0.5 }),
      readingWith({ '5m': 0.0144, '1h': 0.0144 }),
    ]) {
      expect(said(factsWith({ reading }))).toEqual(['pass', '15 healthy'])
    }
  })

  test('an empty budget blocks until enough of it has left the 30 days; a low tier warns', () => {
    expect(said(factsWith({ reading: readingWith({ '30d': 0.00101 }) }))).toEqual(['block', '10 empty-budget'])
    expect(said(factsWith({ reading: readingWith({ '30d': 0.001 }) }))).toEqual(['warn', '13 empty-budget'])
    expect(said(factsWith({ reading: readingWith({ '30d': 0.000999 }) }))).toEqual(['pass', '15 healthy'])
    expect(said(factsWith({ reading: empty, terms: { whenEmpty: 'warn' } }))).toEqual(['warn', '10 empty-budget'])
    const badByHour = new Array<number>(720).fill(0)
    badByHour[99] = 47_520
    const { findings } = judgeSlo(factsWith({ reading: { ...empty, badByHour } }))
    expect(findings[0]?.until).toBe(now + 100 * 3_600)
  })

  test('a slow burn warns, and blocks below the reserve', () => {
    expect(said(factsWith({ reading: slow }))).toEqual(['warn', '11 slow-burn'])
    const little = readingWith({ '2h': 0.004, '1d': 0.004, '30d': 0.00095 })
    expect(said(factsWith({ reading: little }))).toEqual(['block', '11 slow-burn'])
    expect(said(factsWith({ reading: little, terms: { reserve: 0.01 } }))).toEqual(['warn', '11 slow-burn'])
    expect(said(factsWith({ reading: readingWith({ '30d': 0.00095 }) }))).toEqual(['pass', '15 healthy'])
  })

  test('a budget that will be empty within a day warns', () => {
    // 9 % of 720 h at 5 times the pace: 13 h.
    expect(said(factsWith({ reading: readingWith({ '6h': 0.005, '30d': 0.00091 }), terms: { reserve: 0 } }))).toEqual([
      'warn',
      '11 slow-burn',
    ])
  })

  test('a short history is warned of; its budget is not looked at, and what its windows lack counts as clean', () => {
    const young = { '30d': { ratio: 0.5, coverage: 0.01 }, '1d': { coverage: 0.3 }, '3d': { coverage: 0.1 } }
    expect(said(factsWith({ reading: readingWith(young) }))).toEqual(['warn', '12 short-history'])
    const burning = readingWith({ ...young, '5m': 0.5, '1h': 0.5 })
    expect(said(factsWith({ reading: burning }))).toEqual(['block', '9 fast-burn'])
    const afterMinutes = (minutes: number) =>
      readingWith({
        ...young,
        '30d': { ratio: 0.5, coverage: minutes / 43_200 },
        '5m': 0.5,
        '1h': { ratio: 0.5, coverage: minutes / 60 },
        '6h': { ratio: 0.5, coverage: minutes / 360 },
      })
    // 0.5 · 1/60 of an hour is below 14.4 budgets of 0.001, twice that is above; the minute that has begun counts whole.
    expect(said(factsWith({ reading: afterMinutes(0) }))).toEqual(['warn', '12 short-history'])
    expect(said(factsWith({ reading: afterMinutes(1) }))).toEqual(['block', '9 fast-burn'])
  })

  test('few events may be chance: too few bad ones, or a true share within the budget', () => {
    const few = readingWith({ '5m': { ratio: 0.5, total: 2 }, '1h': { ratio: 0.1, total: 20 } })
    expect(said(factsWith({ reading: few }))).toEqual(['warn', '13 fast-burn'])
    // 3 of 100 at 2 %: at least 1.4 % with 95 % confidence would be needed to be above 2 %.
    const loose = factsWith({ reading: readingWith({ '30d': { ratio: 0.03, total: 100, bad: 3 } }) })
    const slo = { ...loose.slo, budget: 0.02, objective: 98 }
    expect(said({ ...loose, slo })).toEqual(['warn', '13 empty-budget'])
    const many = factsWith({ reading: readingWith({ '30d': { ratio: 0.03, total: 10_000, bad: 300 } }) })
    expect(said({ ...many, slo })).toEqual(['block', '10 empty-budget'])
  })
})

describe('rows 14 and 15', () => {
  const needs = (state: 'burning' | 'empty' | 'unknown' | 'healthy', outcome: 'block' | 'warn') =>
    factsWith({
      dependencies: [{ service: 'students', path: ['exams', 'students'], outcome, state, why: 'It burns.' }],
    })
  test('what it needs blocks or warns as its edge says; what is not known of it warns', () => {
    expect(said(needs('burning', 'block'))).toEqual(['block', '14 dependency-burning'])
    expect(said(needs('empty', 'warn'))).toEqual(['warn', '14 dependency-empty'])
    expect(said(needs('unknown', 'block'))).toEqual(['warn', '14 dependency-unknown'])
    expect(said(needs('healthy', 'block'))).toEqual(['pass', '15 healthy'])
  })

  test('a warning of its own hides no dependency', () => {
    expect(said({ ...needs('burning', 'block'), reading: slow })).toEqual([
      'block',
      '11 slow-burn',
      '14 dependency-burning',
    ])
  })
})
