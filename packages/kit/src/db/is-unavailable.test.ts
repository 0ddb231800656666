import { expect, test } from 'bun:test'
import { isDatabaseUnavailable } from './is-unavailable'

const coded = (code: string) => Object.assign(new Error('x'), { code })

test.each(['CONNECTION_CLOSED', 'ECONNREFUSED', '57P03', '57014', 'ENOTFOUND'])(
  '%s is no fault of the request',
  (code) => {
    expect(isDatabaseUnavailable(coded(code))).toBe(true)
    expect(isDatabaseUnavailable(new Error('Failed query', { cause: coded(code) }))).toBe(true)
  },
)

test('a constraint, a missing table, a word in a message and what is no error are something else', () => {
  const others = [coded('23505'), coded('42P01'), new Error('CONNECTION_CLOSED'), null, 'ECONNREFUSED']
  expect(others.filter(isDatabaseUnavailable)).toEqual([])
})
