import { expect, test } from 'bun:test'
import { readJunitCounts } from './junit'
import { addCheck, addCounts, emptyTally } from './tally'

test('the closing line is the sum of all runners', () => {
  const tally = emptyTally()
  addCheck(tally, 'types', true)
  addCounts(tally, 'unit', { tests: 10, failures: 2 }, 1)
  addCheck(tally, 'lint', false)
  expect(tally).toEqual({ passed: 9, failed: 3, broken: ['unit: 2 failed', 'lint'], spent: [] })
})

test('a runner that ran nothing is a failure', () => {
  const tally = emptyTally()
  addCounts(tally, 'browser', readJunitCounts(''), 0)
  expect(tally).toMatchObject({ passed: 0, failed: 1 })
})

test('a runner that died after passing tests is a failure', () => {
  const tally = emptyTally()
  addCounts(tally, 'unit', { tests: 3, failures: 0 }, null)
  expect(tally).toMatchObject({ passed: 3, failed: 1 })
})
