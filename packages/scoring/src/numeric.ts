import type { AcceptedNumber, Unit } from '@hourglass/questions/question'
import { parseNumber } from './number'
import type { Raw } from './outcome'
import { absolute, compare, multiply, parseDecimal, type Rational, subtract, weightToFraction, zero } from './rational'
import { normaliseText } from './text'

type NumberRules = {
  accepted: { match: AcceptedNumber['match']; weight: string; feedbackHtml: string }[]
  units: Unit[]
  unitRule: 'none' | 'optional' | 'required'
}

/**
 * The first accepted number that the answer lies within decides; all bounds are inclusive and exact.
 * A unit chosen from the list wins over one typed after the number; an unknown unit makes the answer wrong.
 */
export function scoreNumber(key: NumberRules, text: string, unit: string | null): Raw {
  const parsed = parseNumber(text)
  if (!parsed) return { fraction: zero, feedback: [] }
  const value = toBaseUnit(key, parsed.value, unit ?? parsed.unit)
  const fit = value && key.accepted.find(({ match }) => isWithin(match, value))
  return fit
    ? { fraction: weightToFraction(fit.weight), feedback: [fit.feedbackHtml] }
    : { fraction: zero, feedback: [] }
}

function toBaseUnit(key: NumberRules, value: Rational, unit: string): Rational | null {
  const name = normaliseText(unit)
  if (name === '') return key.unitRule === 'required' ? null : value
  const known = key.units.find((candidate) => normaliseText(candidate.name) === name)
  return known && key.unitRule !== 'none' ? multiply(value, parseDecimal(known.multiplier)) : null
}

function isWithin(match: AcceptedNumber['match'], value: Rational): boolean {
  switch (match.kind) {
    case 'any':
      return true
    case 'range':
      return compare(value, parseDecimal(match.min)) >= 0 && compare(value, parseDecimal(match.max)) <= 0
    case 'absolute':
      return compare(absolute(subtract(value, parseDecimal(match.value))), parseDecimal(match.tolerance)) <= 0
    case 'relative': {
      const expected = parseDecimal(match.value)
      const allowed = absolute(multiply(expected, parseDecimal(match.tolerance)))
      return compare(absolute(subtract(value, expected)), allowed) <= 0
    }
  }
}
