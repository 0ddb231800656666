import { parseDecimal, type Rational } from './rational'
import { normaliseText } from './text'

/**
 * Reads a number as people write it: `1.5e3`, `.5`, `-2`, `−2` (minus sign), `1 000`, `1 000,5`, `1,000.5`, `1.5 × 10^3`.
 * What follows the number is returned as `unit`. `null` when it holds no number, or one that can be read two ways on no
 * ground at all. A single comma is a decimal comma unless exactly three digits follow and one to three precede it (`1,000`).
 */
export function parseNumber(input: string): { value: Rational; unit: string } | null {
  const text = normaliseText(input)
    .replace(/[−–]/g, '-')
    .replace(/(\d)[ '’](?=\d{3}(?!\d))/g, '$1')
  const match =
    /^([+-]? ?)((?:\d[\d.,]*|[.,]\d+))(?: ?[×x*·] ?10 ?\^? ?\(?([+-]?\d{1,3})\)?|[eE]([+-]?\d{1,3}))?(.*)$/u.exec(text)
  if (!match) return null
  const [, sign = '', digits = '', power, exponent, rest = ''] = match
  const plain = readSeparators(digits)
  if (plain === null) return null
  const unit = rest.trim()
  if (/^[\d.,]/.test(unit)) return null
  try {
    return { value: parseDecimal(`${sign.trim()}${plain}e${power ?? exponent ?? '0'}`), unit }
  } catch {
    return null
  }
}

function readSeparators(digits: string): string | null {
  const commas = digits.split(',').length - 1
  const points = digits.split('.').length - 1
  if (commas === 0 && points <= 1) return digits
  if (commas > 0 && points > 0) {
    const decimal = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.'
    const group = decimal === ',' ? '.' : ','
    const [whole = '', part = '', more] = digits.split(decimal)
    return more === undefined && isGrouped(whole, group) ? `${whole.replaceAll(group, '')}.${part}` : null
  }
  const mark = commas > 0 ? ',' : '.'
  if (isGrouped(digits, mark)) return digits.replaceAll(mark, '')
  return commas === 1 ? digits.replace(',', '.') : null
}

function isGrouped(whole: string, mark: string): boolean {
  const [first = '', ...groups] = whole.split(mark)
  return /^\d{1,3}$/.test(first) && first !== '0' && groups.every((group) => /^\d{3}$/.test(group))
}
