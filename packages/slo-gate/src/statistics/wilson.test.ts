import { expect, test } from 'bun:test'
import { wilsonLowerBound } from './wilson'

test('the bound is that of the score interval', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
  const twoSided = 1.959964
  expect(wilsonLowerBound(81, 263, twoSided)).toBeCloseTo(0.2553, 4)
  expect(wilsonLowerBound(15, 148, twoSided)).toBeCloseTo(0.0624, 4)
  expect(wilsonLowerBound(1, 29, twoSided)).toBeCloseTo(0.0061, 4)
  expect(wilsonLowerBound(0, 20, twoSided)).toBe(0)
})

test('of nothing, nothing is known', () => {
  expect(wilsonLowerBound(0, 0)).toBe(0)
})
