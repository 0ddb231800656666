import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { type GateWithPast, rowsOf, startGateWithPast } from '../../fixtures/gate-with-past'
import { type Decision, exitCodeOf } from './decide'
import { testDecision } from './test-decision'
import { testRows } from './test-rows'

/** Each service, with the verdict and the rows that it must have. */
const table: Record<string, string[]> = {
  healthy: ['pass', '15 healthy'],
  unruled: ['cannot-tell', '7 stale-rules'],
  edited: ['cannot-tell', '7 stale-rules'],
  'failing-rule': ['cannot-tell', '7 stale-rules'],
  twice: ['cannot-tell', '7 stale-rules'],
  'not-a-number': ['cannot-tell', '7 stale-rules'],
  'above-one': ['cannot-tell', '7 stale-rules'],
  idle: ['pass', '8 idle', '15 healthy'],
  asleep: ['block', '8 vanished'],
  vanished: ['block', '8 vanished'],
  silent: ['cannot-tell', '8 silent'],
  never: ['warn', '12 short-history'],
  holed: ['cannot-tell', '8 window-missing'],
  fast: ['block', '9 fast-burn'],
  'six-hours': ['block', '9 fast-burn'],
  empty: ['block', '10 empty-budget'],
  slow: ['warn', '11 slow-burn'],
  'no-reserve': ['block', '11 slow-burn'],
  young: ['warn', '12 short-history'],
  needy: ['block', '14 dependency-burning'],
  wishful: ['warn', '14 dependency-empty'],
}

setDefaultTimeout(120_000)
let gate: GateWithPast
beforeAll(async () => {
  gate = await startGateWithPast()
}, 120_000)
afterAll(() => gate?.prometheus.stop())

/** One decision about every service of the table. */
let asked: Promise<Decision> | null = null
function all(): Promise<Decision> {
  asked ??= gate.decide(Object.keys(table))
  return asked
}

describe('against a real Prometheus with a past', () => {
  test.each(Object.entries(table))('%s: %j', async (service, expected) => {
    const slos = (await all()).slos.filter(({ slo }) => slo.service === service)
    expect(rowsOf({ slos })).toEqual([expected])
    expect(exitCodeOf(slos)).toBe(expected[0] === 'block' ? 1 : expected[0] === 'cannot-tell' ? 3 : 0)
  })

  testRows(() => gate)
  testDecision(() => gate)
})
