import { describe, expect, test } from 'bun:test'
import { createServerClock, remainingMs } from './clock'

const noon = Date.parse('2026-11-23T12:00:00.000Z')
const iso = (ms: number) => new Date(ms).toISOString()

describe('the clock of the room', () => {
  test('knows nothing before the server spoke', () => {
    expect(createServerClock(() => 5).now()).toBeNull()
  })

  test('does not look at the computer’s calendar', () => {
    let ticks = 1_000
    const clock = createServerClock(() => ticks)
    clock.note(iso(noon), 900, 1_000)
    ticks += 60_000
    expect(clock.now()).toBeCloseTo(noon + 60_050, -1)
  })

  test('the quickest answer decides; a slow one does not spoil it', () => {
    let ticks = 0
    const clock = createServerClock(() => ticks)
    clock.note(iso(noon), 0, 20)
    // Says nearly the same, but may be off by a second either way.
    clock.note(iso(noon + 1_500), 100, 2_100)
    ticks = 2_100
    expect(clock.now()).toBeCloseTo(noon + 2_090, -1)
  })

  test('after sleep, when the monotonic clock stood still, the next word counts at once', () => {
    let ticks = 10
    const clock = createServerClock(() => ticks)
    clock.note(iso(noon), 0, 10)
    ticks = 50
    clock.distrust()
    clock.note(iso(noon + 3_600_000), 20, 50)
    expect(clock.now()).toBeCloseTo(noon + 3_600_000, -2)
  })

  test('a word that contradicts what was believed wins even without notice of a sleep', () => {
    let ticks = 10
    const clock = createServerClock(() => ticks)
    clock.note(iso(noon), 0, 10)
    clock.note(iso(noon + 600_000), 100, 900)
    ticks = 900
    expect(clock.now()).toBeGreaterThan(noon + 599_000)
  })

  test('a word that came unasked moves the clock on, never back: it may have been held up', () => {
    let ticks = 0
    const clock = createServerClock(() => ticks)
    clock.noteUnasked(iso(noon - 5_000), 0)
    expect(clock.now()).toBe(noon - 5_000)
    clock.note(iso(noon), 0, 20)
    ticks = 20
    clock.noteUnasked(iso(noon - 30_000), 20)
    expect(clock.now()).toBeCloseTo(noon + 10, -1)
    clock.noteUnasked(iso(noon + 3_600_000), 20)
    expect(clock.now()).toBe(noon + 3_600_000)
  })
})

describe('what is left', () => {
  test('never less than nothing, stands still in a pause, and is unknown without a clock', () => {
    const deadline = iso(noon + 60_000)
    expect(remainingMs({ deadline, pausedAt: null }, noon)).toBe(60_000)
    expect(remainingMs({ deadline, pausedAt: null }, noon + 90_000)).toBe(0)
    expect(remainingMs({ deadline, pausedAt: iso(noon + 10_000) }, noon + 50_000)).toBe(50_000)
    expect(remainingMs({ deadline, pausedAt: null }, null)).toBeNull()
    expect(remainingMs({ deadline: null, pausedAt: null }, noon)).toBeNull()
  })
})
