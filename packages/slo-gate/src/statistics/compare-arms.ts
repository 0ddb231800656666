import { exactLowerBound, exactUpperBound } from './binomial'
import { type Arm, fisherTest } from './fisher'

export type { Arm } from './fisher'

export type Terms = {
  /** The probability of a false alarm that this look may spend. */
  alarmLevel: number
  /** The probability of passing something worse that this look may spend. */
  passLevel: number
  /** By so much the share of bad events may grow: a budget, usually. */
  margin: number
  /** An arm with fewer events says nothing. */
  leastEvents: number
}

export type Comparison = {
  outcome: 'worse' | 'not-worse' | 'inconclusive'
  /** The probability of a difference such as this or larger, were both alike. */
  p: number
  difference: number
  /** The largest difference that is not refuted. */
  upper: number
}

/**
 * Compares two versions by what they counted in the same time. Worse: by more than the margin, and no chance. Not worse: a difference
 * of the margin is refuted; its bound is put together from exact bounds of both arms (R. G. Newcombe, 1998, method 10). Anything else is not known.
 */
export function compareArms(canary: Arm, stable: Arm, terms: Terms): Comparison {
  const [share, usual] = [shareOf(canary), shareOf(stable)]
  const difference = share - usual
  const p = fisherTest(canary, stable)
  const above = exactUpperBound(canary.bad, canary.total, terms.passLevel) - share
  const below = usual - exactLowerBound(stable.bad, stable.total, terms.passLevel)
  const upper = difference + Math.hypot(above, below)
  return { p, difference, upper, outcome: judge() }

  function judge(): Comparison['outcome'] {
    if (Math.min(canary.total, stable.total) < terms.leastEvents) return 'inconclusive'
    if (p <= terms.alarmLevel && difference > terms.margin) return 'worse'
    return upper <= terms.margin ? 'not-worse' : 'inconclusive'
  }
}

const shareOf = ({ bad, total }: Arm): number => (total > 0 ? bad / total : 0)
