import { describe, expect, test } from 'bun:test'
import { createInteractionDelay, createShiftScore } from './scores'

describe('the cumulative layout shift', () => {
  test('is the largest sum within a second of each other and five in all', () => {
    const { add, score } = createShiftScore()
    expect(score()).toBe(0)
    for (const [value, atMs] of [
      [0.1, 0],
      [0.1, 900],
      [0.05, 3_000],
    ] as const)
      add(value, atMs)
    expect(score()).toBeCloseTo(0.2)
    for (let atMs = 10_000; atMs < 20_000; atMs += 500) add(0.03, atMs)
    expect(score()).toBeCloseTo(0.3)
  })
})

describe('interaction to next paint', () => {
  test('is the slowest interaction, by the longest of its events; none where nobody did anything', () => {
    const { add, delayMs } = createInteractionDelay()
    expect(delayMs()).toBeNull()
    add(1, 40)
    add(2, 80)
    add(2, 320)
    expect(delayMs()).toBe(320)
  })

  test('leaves one of each fifty out, also of those that were too quick to be told', () => {
    const { add, delayMs } = createInteractionDelay()
    for (let id = 1; id <= 100; id++) add(id, id)
    expect(delayMs()).toBe(98)
    expect(delayMs(160)).toBe(97)
    expect(createInteractionDelay().delayMs(3)).toBe(8)
  })
})
