/** An exact fraction in lowest terms with a positive denominator. Marks are computed in it and rounded once, at the end. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint }

export const zero: Rational = { numerator: 0n, denominator: 1n }
export const one: Rational = { numerator: 1n, denominator: 1n }

export function ratio(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)]
  if (bottom === 0n) throw new RangeError('a fraction with denominator 0')
  const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom)
  const sign = bottom < 0n ? -1n : 1n
  return { numerator: (sign * top) / divisor, denominator: (sign * bottom) / divisor }
}

/** Reads `-1.25` or `1.5e3`. Throws a RangeError for anything else, and for exponents beyond ±400. */
export function parseDecimal(text: string): Rational {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  const [, sign, whole = '', part = '', exponent = '0'] = match ?? []
  if (!match || whole + part === '' || Math.abs(Number(exponent)) > 400) {
    throw new RangeError(`not a decimal number: ${text.slice(0, 60)}`)
  }
  const digits = BigInt(whole + part) * (sign === '-' ? -1n : 1n)
  const shift = Number(exponent) - part.length
  return shift >= 0 ? ratio(digits * 10n ** BigInt(shift)) : ratio(digits, 10n ** BigInt(-shift))
}

export const add = (a: Rational, b: Rational): Rational =>
  ratio(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator })
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b))
export const multiply = (a: Rational, b: Rational): Rational =>
  ratio(a.numerator * b.numerator, a.denominator * b.denominator)
export const divide = (a: Rational, b: Rational): Rational =>
  ratio(a.numerator * b.denominator, a.denominator * b.numerator)
export const sum = (terms: readonly Rational[]): Rational => terms.reduce(add, zero)
export const absolute = (a: Rational): Rational => (a.numerator < 0n ? negate(a) : a)

/** Below 0, 0 or above 0, as a sort function wants it. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const clamp = (a: Rational, low: Rational, high: Rational): Rational =>
  compare(a, low) < 0 ? low : compare(a, high) > 0 ? high : a

/** Decimal text with at most `places` digits after the point, half away from zero, no trailing zeros: `3.9`, `0.3333333`. */
export function toDecimal(a: Rational, places = 7): string {
  const scale = 10n ** BigInt(places)
  const size = a.numerator < 0n ? -a.numerator : a.numerator
  const rounded = (2n * size * scale + a.denominator) / (2n * a.denominator)
  const digits = rounded.toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const part = digits.slice(digits.length - places).replace(/0+$/, '')
  const text = part ? `${whole}.${part}` : whole
  return a.numerator < 0n && rounded > 0n ? `-${text}` : text
}

/**
 * A weight in percent as a fraction of the question. The rounded forms of n/3, n/6, n/7, n/8, n/9, n/11 and n/12 that
 * Moodle writes (33.33333, 16.66667, 14.28571 …) are read as the fraction that was meant, so three thirds make one.
 */
export function weightToFraction(percent: string): Rational {
  const exact = divide(parseDecimal(percent), ratio(100n))
  if (!/\.\d{3,}$/.test(percent)) return exact
  const near = [3, 6, 7, 8, 9, 11, 12]
    .map((bottom) => ratio(BigInt(Math.round((Number(percent) / 100) * bottom)), BigInt(bottom)))
    .find((candidate) => compare(absolute(subtract(candidate, exact)), ratio(1n, 1_000_000n)) < 0)
  return near ?? exact
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a === 0n ? 1n : a
}
