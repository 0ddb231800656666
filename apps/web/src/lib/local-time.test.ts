import { expect, test } from 'bun:test'
import { fromLocalInput, toLocalInput } from './local-time'

test('a moment shown in an input and read back is the same moment', () => {
  for (const iso of ['2026-12-01T09:00:00.000Z', '2026-07-15T23:59:00.000Z', '2024-02-29T00:00:00.000Z']) {
    expect(fromLocalInput(toLocalInput(iso))).toBe(iso)
  }
})

test('nothing, and what is half written, is no moment', () => {
  expect([toLocalInput(null), fromLocalInput(''), fromLocalInput('2026-12-')]).toEqual(['', null, null])
})
