import { expect, test } from 'bun:test'
import {
  type BurnPair,
  budgetMinutes,
  budgetOf,
  budgetSpentAtFiring,
  burnPairs,
  hoursToEmpty,
  minutesToFire,
  minutesToReset,
  periodDays,
  windowMinutes,
} from './burn'

const pairOf = (factor: number): BurnPair => {
  const pair = burnPairs.find((each) => each.factor === factor)
  if (!pair) throw new Error(`no pair has the factor ${factor}`)
  return pair
}
const minutes = (factor: number, budget: number, ratio: number) => {
  const found = minutesToFire(pairOf(factor), budget, ratio)
  return found === null ? null : Math.round(found * 100) / 100
}

test('the factors are those of the workbook: 2, 5, 10 and 10 % of the budget are spent when an alert fires', () => {
  expect(burnPairs.map(({ factor }) => factor)).toEqual([14.4, 6, 3, 1])
  expect(burnPairs.map(budgetSpentAtFiring)).toEqual([0.02, 0.05, 0.1, 0.1])
})

test('a short window is a twelfth of its long one', () => {
  for (const { short, long } of burnPairs) expect(windowMinutes[long] / windowMinutes[short]).toBe(12)
})

test('a budget has no noise of floating point, and its minutes are those of the period', () => {
  expect([99.9, 99.99, 99.95, 99, 95, 90, 50, 100].map(budgetOf)).toEqual([
    0.001, 0.0001, 0.0005, 0.01, 0.05, 0.1, 0.5, 0,
  ])
  expect([0.01, 0.005, 0.001, 0.0005, 0.0001].map(budgetMinutes)).toEqual([432, 216, 43.2, 21.6, 4.32])
})

// Error ratio; minutes until 14.4× (1 h), 6× (6 h), 3× (1 d) and 1× (3 d) fire, at 99.9 %.
type Row = [ratio: number, ...minutes: (number | null)[]]
test.each<Row>([
  [1, 0.86, 2.16, 4.32, 4.32],
  [0.1, 8.64, 21.6, 43.2, 43.2],
  [0.02, 43.2, 108, 216, 216],
  [0.0145, 59.59, 148.97, 297.93, 297.93],
  [0.01, null, 216, 432, 432],
  [0.0065, null, 332.31, 664.62, 664.62],
  [0.005, null, null, 864, 864],
  [0.0031, null, null, 1393.55, 1393.55],
  [0.002, null, null, null, 2160],
  [0.0011, null, null, null, 3927.27],
  [0.0009, null, null, null, null],
])('at an error ratio of %d and 99.9 %% the pairs fire after %p, %p, %p and %p minutes', (...row) => {
  const [ratio, ...expected] = row.slice(0, 5)
  expect(burnPairs.map(({ factor }) => minutes(factor, 0.001, ratio ?? 0))).toEqual(expected)
})

test('a total outage is seen in proportion to the budget', () => {
  const times = (objective: number) => burnPairs.map(({ factor }) => minutes(factor, budgetOf(objective), 1))
  expect(times(99)).toEqual([8.64, 21.6, 43.2, 43.2])
  expect(times(99.5)).toEqual([4.32, 10.8, 21.6, 21.6])
  expect(times(99.99)).toEqual([0.09, 0.22, 0.43, 0.43])
})

test('a budget of a tenth cannot burn 14.4-fold', () => expect(minutes(14.4, 0.1, 1)).toBeNull())

test('an alert ends when the short window has forgotten enough', () => {
  expect(minutesToReset(pairOf(14.4), 0.001, 0.02)).toBeCloseTo(1.4)
  expect(minutesToReset(pairOf(6), 0.001, 0.01)).toBeCloseTo(12)
  expect(minutesToReset(pairOf(6), 0.001, 0.001)).toBe(0)
})

test('what is left lasts as long as it burns', () => {
  expect(hoursToEmpty(1, 1)).toBe(periodDays * 24)
  expect(hoursToEmpty(0.5, 14.4)).toBe(25)
  expect(hoursToEmpty(-0.2, 3)).toBe(0)
  expect(hoursToEmpty(0.5, 0)).toBe(Number.POSITIVE_INFINITY)
})
