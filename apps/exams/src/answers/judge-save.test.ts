import { expect, test } from 'bun:test'
import { type AttemptClock, judgeSave, type Verdict } from './judge-save'

const open: AttemptClock = { state: 'open', deadline: 1_000, pausedAt: null, sealedAt: null, cause: null }
const ended: AttemptClock = { ...open, state: 'sealed', sealedAt: 1_000, cause: 'deadline' }
const grace = 100

const rows: [string, AttemptClock, number, number | null, Verdict][] = [
  ['before the deadline', open, 999, null, 'on-time'],
  ['at the deadline', open, 1_000, null, 'on-time'],
  ['in the grace, not sealed yet', open, 1_001, null, 'late'],
  ['in the grace, sent before the end', open, 1_100, 1_000, 'late'],
  ['in the grace, sent after the end', open, 1_050, 1_001, 'too-late'],
  ['beyond the grace', open, 1_101, 900, 'too-late'],
  ['without a deadline', { ...open, deadline: null }, 9_999_999, null, 'on-time'],
  ['sealed by the deadline, in the grace', ended, 1_100, null, 'late'],
  ['sealed by the deadline, beyond the grace', ended, 1_101, null, 'too-late'],
  ['sealed by a teacher, in the grace', { ...ended, cause: 'teacher', sealedAt: 500 }, 600, null, 'late'],
  ['sealed by a teacher, beyond the grace', { ...ended, cause: 'teacher', sealedAt: 500 }, 601, null, 'too-late'],
  ['submitted', { ...ended, cause: 'submitted', sealedAt: 500 }, 501, null, 'too-late'],
  ['abandoned, in the grace', { ...ended, state: 'abandoned' }, 1_100, null, 'late'],
  ['paused, under way', { ...open, pausedAt: 500 }, 600, null, 'on-time'],
  ['paused', { ...open, pausedAt: 500 }, 601, null, 'paused'],
  ['paused, its old deadline long past', { ...open, pausedAt: 500 }, 5_000, null, 'paused'],
]

test.each(rows)('a save %s', (_, attempt, now, sentAt, verdict) => {
  expect(judgeSave(attempt, now, sentAt, grace)).toBe(verdict)
})
