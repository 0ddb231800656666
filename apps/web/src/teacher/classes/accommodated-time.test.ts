import { describe, expect, test } from 'bun:test'
import { minutesOfHour } from './accommodated-time'

describe('what an hour becomes', () => {
  test('the factor comes first, then the extra minutes, as the exams service counts', () => {
    expect(minutesOfHour({ timeFactor: '1.5', extraMinutes: 0 })).toBe(90)
    expect(minutesOfHour({ timeFactor: '1.25', extraMinutes: 10 })).toBe(85)
    expect(minutesOfHour({ timeFactor: '1', extraMinutes: 5 })).toBe(65)
  })

  test('without a limit there is no end, whatever minutes are added', () => {
    expect(minutesOfHour({ timeFactor: 'unlimited', extraMinutes: 30 })).toBeNull()
  })
})
