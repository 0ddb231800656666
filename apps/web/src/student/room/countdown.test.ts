import { expect, test } from 'bun:test'
import { milestoneOf, showRemaining } from './countdown'

test('hours and minutes until ten minutes are left, then minutes and seconds', () => {
  expect(showRemaining(90 * 60_000)).toBe('1 h 30 min')
  expect(showRemaining(10 * 60_000 + 1_000)).toBe('11 min')
  expect(showRemaining(10 * 60_000)).toBe('10:00')
  expect(showRemaining(61_000)).toBe('1:01')
  expect(showRemaining(null)).toBeNull()
})

test('nothing is shown as left only when nothing is', () => {
  expect(showRemaining(1)).toBe('0:01')
  expect(showRemaining(0)).toBe('0:00')
})

test('the moments that are told: half, a fifth, five minutes, one', () => {
  const hour = 3_600_000
  expect(milestoneOf(hour, hour)).toBeNull()
  expect(milestoneOf(hour / 2, hour)).toBe('half')
  expect(milestoneOf(hour / 5, hour)).toBe('fifth')
  expect(milestoneOf(300_000, hour)).toBe('five')
  expect(milestoneOf(60_000, hour)).toBe('one')
  expect(milestoneOf(400_000, null)).toBeNull()
})
