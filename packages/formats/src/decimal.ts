import type { Decimal } from '@hourglass/questions/question'

type Scaled = { digits: bigint; places: number }

const places = 12

/**
 * Reads a number as question files hold it: `-2`, `.5`, `1.5e3`, `3,14` (a decimal comma). Null for anything else, for
 * `1,000` (which can be read two ways) and for what a Decimal cannot hold.
 */
export function readDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:[.,](\d*))?(?:e([+-]?\d{1,2}))?$/i.exec(text.trim().replace(/^[−–]/, '-'))
  const [, sign = '', whole = '', part = '', exponent = '0'] = match ?? []
  if (!match || whole + part === '' || /^[+-]?\d{1,3},\d{3}$/.test(text.trim())) return null
  const plain = exponent === '0' ? write(whole, part) : shift(whole, part, Number(exponent))
  const result = `${sign === '-' ? '-' : ''}${plain}`
  return /^-?\d{1,12}(\.\d{1,12})?$/.test(result) ? result : null
}

function shift(whole: string, part: string, exponent: number): string {
  const digits = whole + part
  const point = whole.length + exponent
  if (point <= 0) return write('', digits.padStart(digits.length - point, '0'))
  return write(digits.slice(0, point).padEnd(point, '0'), digits.slice(point))
}

const write = (whole: string, part: string) => `${whole.replace(/^0+(?=\d)/, '') || '0'}${part ? `.${part}` : ''}`

/** The two bounds of a range as its middle and the distance from it, exact. */
export function toMiddle(min: Decimal, max: Decimal): { value: string; tolerance: string } {
  const [low, high] = [scale(min), scale(max)]
  const half = (digits: bigint) => unscale({ digits: digits * 5n, places: places + 1 })
  return { value: half(low + high), tolerance: half(high - low) }
}

/** |a · b|, exact. */
export function multiplySizes(a: Decimal, b: Decimal): string {
  const digits = scale(a) * scale(b)
  return unscale({ digits: digits < 0n ? -digits : digits, places: 2 * places })
}

/** 1 / a with at most 12 places, and whether that is exact. Null for 0. */
export function invert(a: Decimal): { value: Decimal; isExact: boolean } | null {
  const divisor = scale(a)
  if (divisor === 0n) return null
  const top = 10n ** BigInt(2 * places)
  const value = unscale({ digits: top / divisor, places })
  return readDecimal(value) === null ? null : { value, isExact: top % divisor === 0n }
}

/** Equal as numbers: `1`, `1.0` and `1.0000000`. */
export const isSameNumber = (a: Decimal, b: Decimal): boolean => scale(a) === scale(b)

/** Without the zeros that say nothing: `1.0000000` is `1`. */
export const trimZeros = (a: Decimal): Decimal => unscale({ digits: scale(a), places })

function scale(text: Decimal): bigint {
  const [whole = '0', part = ''] = text.split('.')
  const digits = BigInt(whole.replace('-', '') + part.padEnd(places, '0'))
  return text.startsWith('-') ? -digits : digits
}

function unscale({ digits, places: count }: Scaled): string {
  const size = (digits < 0n ? -digits : digits).toString().padStart(count + 1, '0')
  const part = size.slice(-count).replace(/0+$/, '')
  return `${digits < 0n ? '-' : ''}${size.slice(0, -count)}${part ? `.${part}` : ''}`
}
