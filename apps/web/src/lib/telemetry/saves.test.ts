import { describe, expect, test } from 'bun:test'
import { createWaits, failureOf } from './saves'

describe('the time that an answer is kept here', () => {
  test('runs from the first key that is not stored until the server has it', () => {
    const waits = createWaits()
    const steps: [place: string, atMs: number][] = [
      ['kept', 100],
      ['kept', 900],
      ['sending', 1_600],
      ['kept', 5_000],
    ]
    expect(steps.map(([place, atMs]) => waits.see('q', place, atMs))).toEqual([null, null, null, null])
    expect(waits.see('other', 'stored', 6_000)).toBeNull()
    expect(waits.see('q', 'stored', 7_100)).toBe(7)
    expect(waits.see('q', 'stored', 8_000)).toBeNull()
  })

  test('is none of an answer that was refused, nor of a room that was left', () => {
    const waits = createWaits()
    waits.see('q', 'kept', 0)
    expect(waits.see('q', 'refused', 10)).toBeNull()
    waits.see('q', 'kept', 20)
    waits.forget()
    expect(waits.see('q', 'stored', 30)).toBeNull()
  })
})

test.each([
  ['network', 0, 'offline'],
  ['timeout', 0, 'timeout'],
  ['aborted', 0, null],
  ['paused', 409, 'paused'],
  ['unauthorised', 401, 'signed-out'],
  ['busy', 503, 'busy'],
  ['too-many-requests', 429, 'busy'],
  ['internal', 500, 'server'],
  ['too-late', 409, 'refused'],
] as const)('a save that failed as %s with %p is counted as %p', (kind, status, reason) => {
  expect(failureOf(kind, status)).toBe(reason)
})
