import { logChoose } from './log-gamma'

/** So many of `total` events were bad. Whole numbers. */
export type Arm = { bad: number; total: number }

/**
 * The probability that at least so many of all bad events fall on `one`, were both arms alike: Fisher's exact test, one-sided. It never
 * alarms more often than it says, whatever the share.
 */
export function fisherTest(one: Arm, other: Arm): number {
  const bad = one.bad + other.bad
  const total = one.total + other.total
  const most = Math.min(bad, one.total)
  const logTotal = logChoose(total, one.total)
  let term = Math.exp(logChoose(bad, one.bad) + logChoose(total - bad, one.total - one.bad) - logTotal)
  let sum = term
  for (let seen = one.bad; seen < most; seen++) {
    term *= ((bad - seen) * (one.total - seen)) / ((seen + 1) * (total - bad - one.total + seen + 1))
    sum += term
    if (term < sum * 1e-17) break
  }
  return Math.min(1, sum)
}
