import { expect, test } from 'bun:test'
import { addCheck, addCounts, emptyTally, readJunitCounts } from './tally'

test('the closing line is the sum of all runners', () => {
  const tally = emptyTally()
  addCheck(tally, 'types', true)
  addCounts(tally, 'unit', { tests: 10, failures: 2 }, 1)
  addCheck(tally, 'lint', false)
  expect(tally).toEqual({ passed: 9, failed: 3, broken: ['unit: 2 failed', 'lint'] })
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

test('skipped tests have not passed', () => {
  const head = '<testsuites name="bun test" tests="5" assertions="9" failures="1" skipped="2" time="0.1">'
  expect(readJunitCounts(`<?xml version="1.0"?>\n${head}`)).toEqual({ tests: 3, failures: 1 })
})
