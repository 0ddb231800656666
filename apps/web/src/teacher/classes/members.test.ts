import { expect, test } from 'bun:test'
import { readGroups } from './members'

test('groups are told apart by commas alone, and empty ones are no groups', () => {
  expect(readGroups(' A, Lab 3 on Wednesday ,, B')).toEqual(['A', 'Lab 3 on Wednesday', 'B'])
  expect(readGroups('  ')).toEqual([])
})
