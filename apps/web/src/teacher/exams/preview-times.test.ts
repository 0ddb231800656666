import { describe, expect, test } from 'bun:test'
import { previewTimes } from './preview-times'

const hour = { opensAt: '2026-12-01T09:00:00.000Z', closesAt: '2026-12-01T10:00:00.000Z', limitSeconds: 3_600 }

describe('who gets what, before an exam is saved', () => {
  test('a profile lengthens the limit, and the close by as much', () => {
    expect(previewTimes(hour, { timeFactor: '1.5', extraMinutes: 10 })).toEqual({
      limitSeconds: 6_000,
      closesAt: '2026-12-01T10:40:00.000Z',
    })
  })

  test('without a limit the window is stretched', () => {
    expect(previewTimes({ ...hour, limitSeconds: null }, { timeFactor: '2', extraMinutes: 0 })).toEqual({
      limitSeconds: null,
      closesAt: '2026-12-01T11:00:00.000Z',
    })
  })

  test('unlimited has neither limit nor close, and no profile changes nothing', () => {
    expect(previewTimes(hour, { timeFactor: 'unlimited', extraMinutes: 0 })).toEqual({
      limitSeconds: null,
      closesAt: null,
    })
    expect(previewTimes(hour, { timeFactor: '1', extraMinutes: 0 })).toEqual({
      limitSeconds: 3_600,
      closesAt: hour.closesAt,
    })
  })
})
