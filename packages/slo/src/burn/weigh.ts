import { type BurnPair, burnPairs, hoursToEmpty, type Severity, thresholdOf, type Window } from './burn'

/** What is known of one window of an SLO. */
export type WindowFigures = {
  /** The share of bad events; `null` when there were no events, or none are known. */
  errorRatio: number | null
  /** How much of the window has data, from 0 to 1. */
  coverage: number
  total: number
  bad: number
}
export type Windows = Readonly<Record<Window, WindowFigures>>

/** `unknown`: nothing at all is known of it. */
export type State = 'fine' | Severity | 'unknown'

/** How fast a window burns: 1 empties the budget in just the period. `null` when there were no events. */
export const burnOf = ({ errorRatio }: WindowFigures, budget: number): number | null =>
  errorRatio === null ? null : errorRatio / budget

/** What is left of the budget of 30 days, 1 when nothing was spent; below 0 when it is overspent. Time without data counts as clean. */
export const budgetLeft = (windows: Windows, budget: number): number | null => {
  const { errorRatio, coverage } = windows['30d']
  if (coverage === 0) return null
  return 1 - ((errorRatio ?? 0) * coverage) / budget
}

/** At this window's pace it is said how long the budget lasts: the newest one that a few requests do not throw about. */
export const paceWindow: Window = '1h'

/** Hours until nothing is left at the pace of the last hour; `null` when nothing burns, or nothing is known. */
export function hoursLeft(windows: Windows, budget: number): number | null {
  const left = budgetLeft(windows, budget)
  const burn = burnOf(windows[paceWindow], budget)
  const hours = left === null || burn === null ? null : hoursToEmpty(left, burn)
  return hours !== null && Number.isFinite(hours) ? hours : null
}

/**
 * What the alerts of an SLO would say, by the conditions of its rules: both windows of a pair above the factor, what a young window
 * lacks counted as clean, and enough bad events to prove something.
 */
export function stateOf(windows: Windows, { budget, minBadEvents }: { budget: number; minBadEvents: number }): State {
  if (windows['30d'].coverage === 0) return 'unknown'
  const fires = (pair: BurnPair) => {
    const { long, short } = { long: windows[pair.long], short: windows[pair.short] }
    const threshold = thresholdOf(pair, budget)
    const isAbove = (ratio: number | null) => ratio !== null && ratio > threshold
    const lasting = long.errorRatio === null ? null : long.errorRatio * long.coverage
    return threshold < 1 && isAbove(short.errorRatio) && isAbove(lasting) && long.bad >= minBadEvents
  }
  const firing = burnPairs.filter(fires).map(({ severity }) => severity)
  return firing.includes('page') ? 'page' : firing.includes('ticket') ? 'ticket' : 'fine'
}
