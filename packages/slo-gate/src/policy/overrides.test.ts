import { expect, test } from 'bun:test'
import { factsWith } from '../verdict/test-facts'
import { findOverride, OverrideFile } from './overrides'

const sha = 'a'.repeat(40)
const written = {
  ...{ id: 'O-1', by: 'cleo', reason: 'The exam needs it.', ticket: 'T-1', service: 'exams', sha },
  ...{ from: '2026-03-02T10:00:00Z', expires: '2026-03-02T12:00:00+01:00' },
}
const now = Date.parse('2026-03-02T10:30:00Z') / 1_000
const { change } = factsWith({ change: { sha, author: 'bob' } })

function ask(changes: Partial<typeof written> = {}, asked: Partial<Parameters<typeof findOverride>[1]> = {}) {
  const { overrides } = OverrideFile.parse({ version: 'hourglass-gate/v1', overrides: [{ ...written, ...changes }] })
  const limits = { longestHours: 24, mostIn30Days: 3 }
  return findOverride(overrides, { service: 'exams', change, now, limits, usedIn30Days: [], ...asked })
}

test('an override holds for its service, its commit and its time', () => {
  expect(ask().override).toMatchObject({ id: 'O-1', by: 'cleo', expiresAt: Date.parse('2026-03-02T11:00:00Z') / 1_000 })
  expect(ask({ service: 'grading' })).toEqual({ override: null, refused: [] })
  expect(ask({ sha: 'b'.repeat(40) })).toEqual({ override: null, refused: [] })
  expect(ask({}, { now: now + 1_800 }).refused).toEqual(['Override O-1 does not hold: it is over.'])
  expect(ask({}, { now: now + 1_799 }).override).not.toBeNull()
  expect(ask({}, { now: now - 1_801 }).refused).toEqual(['Override O-1 does not hold: it has not begun.'])
})

test('nobody overrides for a change of their own, or of nobody', () => {
  expect(ask({ by: 'Bob' }).refused).toEqual(['Override O-1 does not hold: Bob wrote the change.'])
  expect(ask({}, { change: { ...change, author: null } }).override).toBeNull()
})

test('an override is short, and there are few', () => {
  expect(ask({ expires: '2026-03-03T10:00:01Z' }).refused[0]).toContain('longer than 24 hours')
  expect(ask({ expires: '2026-03-03T10:00:00Z' }).override).not.toBeNull()
  expect(ask({}, { usedIn30Days: ['O-2', 'O-2', 'O-3', 'O-1'] }).override).not.toBeNull()
  expect(ask({}, { usedIn30Days: ['O-2', 'O-3', 'O-4'] }).refused[0]).toContain('3 others were used')
})

test.each([{ reason: ' ' }, { ticket: '' }, { by: '' }, { sha: 'abc' }, { expires: 'tomorrow' }])(
  'an override with %j is refused',
  (changes) => {
    expect(() => ask(changes)).toThrow()
  },
)
