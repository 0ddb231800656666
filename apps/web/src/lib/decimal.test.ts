import { describe, expect, test } from 'bun:test'
import { compareDecimals, parseMarks } from './decimal'

describe('marks as text', () => {
  test('a comma and a point mean the same, and no zeros are kept that say nothing', () => {
    expect(['2,50', '2.5', '007', '3.', '0,0'].map(parseMarks)).toEqual(['2.5', '2.5', '7', '3', '0'])
  })

  test('what is no mark is refused', () => {
    expect(['', '-1', '1e3', '1.2345678', '1,2,3', 'ten'].map(parseMarks)).toEqual([null, null, null, null, null, null])
  })

  test('comparing is exact where floating point is not', () => {
    expect(compareDecimals('0.30000000000000001', '0.3')).toBe(1)
    expect(compareDecimals('3.90', '3.9')).toBe(0)
    expect(compareDecimals('-2', '1')).toBe(-1)
  })
})
