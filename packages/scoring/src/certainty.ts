import type { Certainty } from '@hourglass/questions/response'
import { clamp, multiply, negate, one, parseDecimal, type Rational, ratio, sum, toDecimal } from './rational'

const right: Record<Certainty, Rational> = { 1: ratio(1, 3), 2: ratio(2, 3), 3: one }
const wrong: Record<Certainty, Rational> = { 1: ratio(0), 2: negate(ratio(2, 3)), 3: negate(ratio(2)) }

/**
 * Certainty-based marking: right answers earn 1, 2, 3 thirds of the mark at low, medium, high certainty, wrong ones 0, −2,
 * −6 thirds (Moodle `behaviour/deferredcbm`, Gardner-Medwin). A partly right answer lies on the line between the two.
 * No certainty given counts as low. `fraction` is decimal text in 0…1; the result is in −2…1.
 */
export function applyCertainty(fraction: string, certainty: Certainty = 1): string {
  const part = clamp(parseDecimal(fraction), ratio(0), one)
  const missing = sum([one, negate(part)])
  return toDecimal(sum([multiply(part, right[certainty]), multiply(missing, wrong[certainty])]), 7)
}
