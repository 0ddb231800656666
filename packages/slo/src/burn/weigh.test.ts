import { expect, test } from 'bun:test'
import { type Window, windowMinutes } from './burn'
import { budgetLeft, hoursLeft, stateOf, type Windows } from './weigh'

const budget = 0.001
const known = { total: 10_000, bad: 1_000, coverage: 1 }
/** The same error ratio in every window, but for those given. */
const windowsOf = (errorRatio: number, own: Partial<Record<Window, Partial<Windows[Window]>>> = {}): Windows => {
  const of = (window: Window) => ({ ...known, errorRatio, ...own[window] })
  // Each window is asked for by its name.
  return Object.fromEntries(Object.keys(windowMinutes).map((window) => [window, of(window as Window)])) as Windows
}
const judge = (windows: Windows) => stateOf(windows, { budget, minBadEvents: 5 })

test('both windows of a pair must be above, and the worse alert is told', () => {
  expect(judge(windowsOf(0.0009))).toBe('fine')
  expect(judge(windowsOf(0.0011))).toBe('ticket')
  expect(judge(windowsOf(0.0061))).toBe('page')
  expect(judge(windowsOf(0, { '1h': { errorRatio: 0.02 } }))).toBe('fine')
  expect(judge(windowsOf(0, { '1h': { errorRatio: 0.02 }, '5m': { errorRatio: 0.02 } }))).toBe('page')
  expect(judge(windowsOf(0, { '1h': { errorRatio: 0.0144 }, '5m': { errorRatio: 0.02 } }))).toBe('fine')
})

test('few bad events prove nothing, and what a young window lacks counts as clean', () => {
  const burning = { '1h': { errorRatio: 0.02 }, '5m': { errorRatio: 0.02 } }
  expect(judge(windowsOf(0, { ...burning, '1h': { errorRatio: 0.02, bad: 4 } }))).toBe('fine')
  expect(judge(windowsOf(0, { ...burning, '1h': { errorRatio: 0.02, coverage: 0.5 } }))).toBe('fine')
  expect(judge(windowsOf(0, { ...burning, '1h': { errorRatio: 0.02, coverage: 0.75 } }))).toBe('page')
})

test('the budget is that of 30 days, of which what nobody saw counts as clean', () => {
  expect(budgetLeft(windowsOf(0.00025), budget)).toBe(0.75)
  expect(budgetLeft(windowsOf(0.002, { '30d': { errorRatio: 0.002, coverage: 0.1 } }), budget)).toBeCloseTo(0.8)
  expect(budgetLeft(windowsOf(0, { '30d': { errorRatio: null, total: 0 } }), budget)).toBe(1)
  expect(budgetLeft(windowsOf(0, { '30d': { errorRatio: null, coverage: 0 } }), budget)).toBeNull()
  expect(judge(windowsOf(0, { '30d': { errorRatio: null, coverage: 0 } }))).toBe('unknown')
})

test('it lasts as the last hour burns, and for ever when nothing does', () => {
  expect(hoursLeft(windowsOf(0.0005, { '1h': { errorRatio: 0.0144 } }), budget)).toBeCloseTo(25)
  expect(hoursLeft(windowsOf(0.0005, { '1h': { errorRatio: 0 } }), budget)).toBeNull()
  expect(hoursLeft(windowsOf(0.0005, { '1h': { errorRatio: null } }), budget)).toBeNull()
  expect(hoursLeft(windowsOf(0.002), budget)).toBe(0)
})
