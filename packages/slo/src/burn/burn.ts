/**
 * The arithmetic of burn rates. Windows and factors are those of the Site Reliability Workbook, chapter 5, table 5-8, with the ticket
 * at 3 that Sloth and kubernetes-mixin add. A burn of 1 empties the budget in exactly the period.
 */

export const periodDays = 30
const periodMinutes = periodDays * 24 * 60

export type Severity = 'page' | 'ticket'

/** An alert fires while the error ratio of both windows is above `factor` budgets. */
export type BurnPair = {
  severity: Severity
  /** The fast one of a severity resets soon; the slow one sees what the fast one is blind for. */
  speed: 'fast' | 'slow'
  factor: number
  long: Window
  short: Window
}

/** Every window that a pair looks at, in minutes, and the period. */
export const windowMinutes = {
  ...{ '5m': 5, '30m': 30, '1h': 60, '2h': 120, '6h': 360, '1d': 1_440, '3d': 4_320 },
  '30d': periodMinutes,
} as const
export type Window = keyof typeof windowMinutes

export const burnPairs: readonly BurnPair[] = [
  { severity: 'page', speed: 'fast', factor: 14.4, long: '1h', short: '5m' },
  { severity: 'page', speed: 'slow', factor: 6, long: '6h', short: '30m' },
  { severity: 'ticket', speed: 'fast', factor: 3, long: '1d', short: '2h' },
  { severity: 'ticket', speed: 'slow', factor: 1, long: '3d', short: '6h' },
]

/** The share of events that may be bad: 0.001 for 99.9 %, without the noise of floating point. */
export const budgetOf = (objectivePercent: number): number => toTidy(1 - objectivePercent / 100)

/** Rounded to 12 digits: a rule's text must not say 0.0009999999999998899. */
export const toTidy = (value: number): number => Number(value.toPrecision(12)) || 0

/** The error ratio above which a pair fires. Never met when it is 1 or more. */
export const thresholdOf = ({ factor }: Pick<BurnPair, 'factor'>, budget: number): number => toTidy(factor * budget)

/**
 * Minutes from the beginning of an incident until the pair fires: B·β·L/e, with traffic as even as before it; add the interval of rules and
 * of scrapes. `null` when it never does, since e ≤ B·β.
 * @param errorRatio e, the share of bad events while the incident lasts
 */
export function minutesToFire(pair: BurnPair, budget: number, errorRatio: number): number | null {
  const threshold = thresholdOf(pair, budget)
  return errorRatio > threshold ? toTidy((threshold * windowMinutes[pair.long]) / errorRatio) : null
}

/** Minutes from the end of an incident until the pair is silent, as long as the long window is still above: S·(1 − B·β/e). */
export const minutesToReset = (pair: BurnPair, budget: number, errorRatio: number): number =>
  toTidy(Math.max(0, windowMinutes[pair.short] * (1 - thresholdOf(pair, budget) / errorRatio)))

/** The share of the period's budget that is spent when a pair fires: B·L/period, whatever the error ratio. 2, 5, 10 and 10 %. */
export const budgetSpentAtFiring = ({ factor, long }: BurnPair): number =>
  toTidy((factor * windowMinutes[long]) / periodMinutes)

/** Hours until what is left of the budget is gone at this burn; 0 when it is gone, Infinity when nothing burns. */
export function hoursToEmpty(budgetLeft: number, burnRate: number): number {
  if (budgetLeft <= 0) return 0
  return burnRate <= 0 ? Number.POSITIVE_INFINITY : (budgetLeft * periodDays * 24) / burnRate
}

/** Minutes of total outage that a period's budget holds: 43.2 for 99.9 %. */
export const budgetMinutes = (budget: number): number => toTidy(budget * periodMinutes)
