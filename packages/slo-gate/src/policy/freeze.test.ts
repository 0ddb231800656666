import { expect, test } from 'bun:test'
import { Freeze, frozenUntil, isFrozen } from './freeze'

const freezeWith = (when: object, zone = 'Europe/Paris') =>
  Freeze.parse({ name: 'n', reason: 'r', zone, environments: ['production'], ...when })
const at = (text: string) => Date.parse(text) / 1_000
const frozenAt = (freeze: Freeze, ...texts: string[]) => texts.map((text) => isFrozen(freeze, at(text)))

test('both ends of a stretch belong to it, to the minute, by the clock of its zone', () => {
  const freeze = freezeWith({ once: { from: '2026-06-01T08:00', until: '2026-06-01T18:00' } })
  expect(
    frozenAt(freeze, '2026-06-01T05:59:59Z', '2026-06-01T06:00:00Z', '2026-06-01T16:00:59Z', '2026-06-01T16:01:00Z'),
  ).toEqual([false, true, true, false])
  expect(frozenUntil(freeze, at('2026-06-01T06:00:00Z'))).toBe(at('2026-06-01T16:01:00Z'))
})

test('a day without a time is frozen from 00:00 to 23:59', () => {
  const freeze = freezeWith({ once: { from: '2026-06-01', until: '2026-06-02' } }, 'Asia/Kathmandu')
  expect(
    frozenAt(freeze, '2026-05-31T18:14:00Z', '2026-05-31T18:15:00Z', '2026-06-02T18:14:59Z', '2026-06-02T18:15:00Z'),
  ).toEqual([false, true, true, false])
})

test('a yearly one goes over the turn of the year, every year', () => {
  const freeze = freezeWith({ yearly: { from: '12-20T18:00', until: '01-03' } })
  for (const year of [2026, 2027]) {
    expect(
      frozenAt(
        freeze,
        `${year}-12-20T16:59:00Z`,
        `${year}-12-20T17:00:00Z`,
        `${year}-12-31T23:30:00Z`,
        `${year + 1}-01-03T22:59:00Z`,
        `${year + 1}-01-03T23:00:00Z`,
        `${year + 1}-07-01T12:00:00Z`,
      ),
    ).toEqual([false, true, true, true, false, false])
  }
  expect(frozenUntil(freeze, at('2026-12-24T12:00:00Z'))).toBe(at('2027-01-03T23:00:00Z'))
})

test('29 February is a day of a year', () => {
  const freeze = freezeWith({ yearly: { from: '02-29', until: '02-29' } }, 'UTC')
  expect(frozenAt(freeze, '2028-02-29T12:00:00Z', '2027-02-28T12:00:00Z', '2027-03-01T12:00:00Z')).toEqual([
    ...[true, false, false],
  ])
})

test('a weekly one begins on its days and may go over midnight and the week', () => {
  // 2026-11-27 is a Friday.
  const freeze = freezeWith({ weekly: { days: ['fri', 'sun'], from: '16:00', until: '08:00' } }, 'UTC')
  expect(
    frozenAt(
      freeze,
      '2026-11-27T15:59:00Z',
      '2026-11-27T16:00:00Z',
      '2026-11-28T08:00:59Z',
      '2026-11-28T08:01:00Z',
      '2026-11-28T16:00:00Z',
      '2026-11-29T16:00:00Z',
      '2026-11-30T07:00:00Z',
      '2026-11-27T07:00:00Z',
    ),
  ).toEqual([false, true, true, false, false, true, true, false])
})

test('as the clocks change, the clock on the wall decides', () => {
  const night = freezeWith({ weekly: { days: ['sun'], from: '02:15', until: '02:45' } })
  // 25 October 2026: 02:30 comes twice in Paris, at 00:30 and 01:30 UTC.
  expect(
    frozenAt(night, '2026-10-25T00:30:00Z', '2026-10-25T00:50:00Z', '2026-10-25T01:30:00Z', '2026-10-25T01:50:00Z'),
  ).toEqual([true, false, true, false])
  // 29 March 2026: there is no 02:30.
  expect(frozenAt(night, '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z')).toEqual([false, false])
  const day = freezeWith({ weekly: { days: ['sat', 'sun'], from: '09:00', until: '17:00' } })
  expect(frozenAt(day, '2026-10-24T07:00:00Z', '2026-10-25T07:30:00Z', '2026-10-25T08:00:00Z')).toEqual([
    ...[true, false, true],
  ])
  const over = freezeWith({ once: { from: '2026-10-25T01:00', until: '2026-10-25T04:00' } })
  expect(frozenUntil(over, at('2026-10-25T00:00:00Z'))).toBe(at('2026-10-25T03:01:00Z'))
})

test('a freeze that ends never says so', () => {
  const always = freezeWith({
    weekly: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', until: '23:59' },
  })
  expect(frozenUntil(always, at('2026-06-01T06:00:00Z'))).toBeNull()
})

test.each([
  { zone: 'Europe/Atlantis', once: { from: '2026-01-01', until: '2026-01-02' } },
  { once: { from: '2026-02-30', until: '2026-03-01' } },
  { once: { from: '2026-03-02', until: '2026-03-01' } },
  { yearly: { from: '02-30', until: '03-01' } },
  { weekly: { days: [], from: '08:00', until: '09:00' } },
  { weekly: { days: ['mon'], from: '8:00', until: '24:00' } },
  {},
  { yearly: { from: '01-01', until: '01-02' }, weekly: { days: ['mon'], from: '08:00', until: '09:00' } },
])('%j is refused', (when) => {
  expect(() => freezeWith(when)).toThrow()
})
