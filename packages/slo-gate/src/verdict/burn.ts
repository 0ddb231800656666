import {
  type BurnPair,
  burnPairs,
  minutesToReset,
  type Severity,
  thresholdOf,
  type Window,
  windowMinutes,
} from '@hourglass/slo/burn'
import { wilsonLowerBound } from '../statistics/wilson'
import type { ReadReading, SloFacts, Terms } from './facts'

/** From this coverage of 30 days on, the budget of 30 days means something. */
export const leastCoverage = 0.25
/** A window with this much data counts as whole: a scrape may fail. */
export const wholeCoverage = 0.9

export const isShortHistory = (reading: ReadReading): boolean => reading.windows['30d'].coverage < leastCoverage

export const budgetLeft = (ratio: number, budget: number): number =>
  budget > 0 ? 1 - ratio / budget : ratio > 0 ? Number.NEGATIVE_INFINITY : 1

export type Burning = { pair: BurnPair; short: number; long: number; threshold: number }

/**
 * The pairs of windows of this severity that both burn too fast. What a young service lacks of a long window counts as clean, as its alerts
 * have it: when one of them pages, the gate blocks.
 */
export function burningPairs(reading: ReadReading, budget: number, severity: Severity): Burning[] {
  return burnPairs
    .filter((pair) => pair.severity === severity)
    .flatMap((pair) => {
      const [short, long] = [reading.windows[pair.short].ratio, lastingRatio(reading, pair.long)]
      const threshold = thresholdOf(pair, budget)
      return short !== null && long !== null && short > threshold && long > threshold
        ? [{ pair, short, long, threshold }]
        : []
    })
}

/** The minute that has begun counts whole: rules count what they recorded, and our grid lies up to a minute behind that. */
function lastingRatio(reading: ReadReading, window: Window): number | null {
  const { ratio, coverage } = reading.windows[window]
  if (ratio === null || !isShortHistory(reading) || coverage >= wholeCoverage) return ratio
  return ratio * Math.min(1, coverage + 1 / windowMinutes[window])
}

/** Seconds until the short window is below its threshold again, if nothing fails from now on and failures lie evenly in it. */
export const secondsToReset = ({ pair, short }: Burning, budget: number): number =>
  minutesToReset(pair, budget, short) * 60

/** Too few events to know: less than `leastBadEvents` bad ones, or a true share of no more than `allowed` is not unlikely. */
export function isChance(reading: ReadReading, window: Window, allowed: number, terms: Terms): boolean {
  const { bad, total } = reading.windows[window]
  if (bad === null || total === null) return false
  return bad < terms.leastBadEvents || wilsonLowerBound(bad, total) <= allowed
}

/** The budget of 30 days that is left, from −∞ to 1; `null` where 30 days are not known or too short. */
export function budgetOf({ reading, slo }: Pick<SloFacts, 'slo'> & { reading: ReadReading }): number | null {
  const { ratio, total } = reading.windows['30d']
  if (isShortHistory(reading)) return null
  if (ratio === null) return total === 0 ? 1 : null
  return budgetLeft(ratio, slo.budget)
}
