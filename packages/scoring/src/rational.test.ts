import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { add, compare, multiply, one, parseDecimal, ratio, sum, toDecimal, weightToFraction } from './rational'

const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 5 }))
  .map(([digits, places]) => toDecimal(ratio(BigInt(digits), 10n ** BigInt(places)), 5))

describe('exact decimals', () => {
  test('three times 1.3 is 3.9', () => {
    expect(toDecimal(sum([parseDecimal('1.3'), parseDecimal('1.3'), parseDecimal('1.3')]))).toBe('3.9')
  })

  test('a decimal read and written is the same text', () => {
    fc.assert(fc.property(decimal, (text) => expect(toDecimal(parseDecimal(text))).toBe(text)))
  })

  test('sums do not depend on the order of their terms', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 20 }), (texts) => {
        const terms = texts.map(parseDecimal)
        expect(sum(terms)).toEqual(sum(terms.toReversed()))
      }),
    )
  })

  test('multiplication spreads over addition', () => {
    fc.assert(
      fc.property(decimal, decimal, decimal, (a, b, c) => {
        const [x, y, z] = [parseDecimal(a), parseDecimal(b), parseDecimal(c)]
        expect(multiply(x, add(y, z))).toEqual(add(multiply(x, y), multiply(x, z)))
      }),
    )
  })

  test('halves round away from zero', () => {
    expect(toDecimal(parseDecimal('0.125'), 2)).toBe('0.13')
    expect(toDecimal(parseDecimal('-0.125'), 2)).toBe('-0.13')
    expect(toDecimal(parseDecimal('-0.001'), 2)).toBe('0')
  })

  test('what is no number is refused by name', () => {
    for (const text of ['', '.', '1,5', '0x10', 'NaN', '1e9999']) expect(() => parseDecimal(text)).toThrow(RangeError)
  })

  test.each(['33.33333', '16.66667', '14.28571', '11.11111', '8.33333'])(
    '%s percent is a whole number of parts',
    (percent) => {
      const parts = Math.round(100 / Number(percent))
      expect(compare(sum(Array(parts).fill(weightToFraction(percent))), one)).toBe(0)
    },
  )

  test('33.3 percent stays 33.3 percent', () => {
    expect(toDecimal(weightToFraction('33.3'))).toBe('0.333')
  })
})
