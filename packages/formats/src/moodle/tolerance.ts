import type { AcceptedNumber } from '@hourglass/questions/question'
import { multiplySizes, readDecimal, toMiddle } from '../decimal'
import { Unwritable } from '../write-each'

/** Moodle knows a number and an absolute tolerance only; the marks stay the same. */
export function toTolerance(match: AcceptedNumber['match'], losses: string[]): { value: string; tolerance: string } {
  switch (match.kind) {
    case 'any':
      return { value: '*', tolerance: '0' }
    case 'absolute':
      return match
    case 'range': {
      losses.push('A range of numbers is written as its middle and a tolerance.')
      return check(toMiddle(match.min, match.max))
    }
    case 'relative': {
      losses.push('A relative tolerance is written as an absolute one of the same size.')
      return check({ value: match.value, tolerance: multiplySizes(match.value, match.tolerance) })
    }
  }
}

function check(found: { value: string; tolerance: string }) {
  if (readDecimal(found.value) === null || readDecimal(found.tolerance) === null) {
    throw new Unwritable('an accepted number has more digits than can be written.')
  }
  return found
}
