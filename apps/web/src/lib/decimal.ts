/** What a person typed as a decimal, with a comma or a point: "2,50" → "2.5". `null` when it is none, or is negative. */
export function parseMarks(text: string): string | null {
  const match = /^(\d{1,7})(?:[.,](\d{0,5}))?$/.exec(text.trim())
  if (!match) return null
  const whole = (match[1] ?? '').replace(/^0+(?=\d)/, '')
  const places = (match[2] ?? '').replace(/0+$/, '')
  return places === '' ? whole : `${whole}.${places}`
}

/** Compares two decimals that travel as text, exactly: negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(placesOf(a), placesOf(b))
  const [left, right] = [scaled(a, places), scaled(b, places)]
  return left < right ? -1 : left > right ? 1 : 0
}

const placesOf = (text: string): number => (text.split('.')[1] ?? '').length

function scaled(text: string, places: number): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const value = BigInt(`${whole}${fraction.padEnd(places, '0')}`)
  return text.startsWith('-') ? -value : value
}

const decimalPattern = /^-?\d{1,12}(\.\d{1,12})?$/

/** A decimal as the server takes it: a comma becomes a point, a bare ".5" gets its nought. What is no decimal stays as typed. */
export function tidyDecimal(text: string): string {
  const tidy = text
    .trim()
    .replace('−', '-')
    .replace(',', '.')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  return decimalPattern.test(tidy) ? tidy : text.trim()
}

export const isDecimal = (text: string): boolean => decimalPattern.test(tidyDecimal(text))
export const isNegative = (text: string): boolean => tidyDecimal(text).startsWith('-') && /[1-9]/.test(text)

/** As `tidyDecimal`; `null` for what is no decimal. */
export const parseDecimal = (text: string): string | null => (isDecimal(text) ? tidyDecimal(text) : null)
