import { burnPairs, thresholdOf } from '@hourglass/slo/burn'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import { sumsOfRates } from '@hourglass/slo/sums-of-rates'
import { askRange, type Point } from '../ask'

/** What the counters of a promise said at one moment, since they began. */
export type Counted = { at: number; total: number; bad: number }

const fast = burnPairs[0]
const stepSeconds = 5
/** Rules are evaluated so often; the alert may come one evaluation earlier or later than the one after the moment that is predicted. */
const evaluationMs = 60_000

/**
 * When the fast page of a promise should fire by what its raw counters say, without any of its rules: B·β·L/e of the Site Reliability
 * Workbook, written for counters that began T minutes ago, whose missing hour counts as clean: the first moment at which
 * bad/total · T/60 is above 14.4 budgets. Milliseconds since 1970; `null` when it never is.
 */
export function predictFiring(counted: readonly Counted[], budget: number): number | null {
  if (!fast) throw new Error('there are no pairs of windows')
  const [first] = counted
  const found = [...counted, ...goingOn(counted)].find(({ at, total, bad }) => {
    const share = Math.min((at - (first?.at ?? at)) / 3_600_000, 1)
    return total > 0 && (bad / total) * share > thresholdOf(fast, budget)
  })
  return found?.at ?? null
}

/** Rules know time by whole evaluations, so an alert may come before its moment: as it was in the last half minute it goes on for ten. */
function goingOn(counted: readonly Counted[]): Counted[] {
  const steps = 30 / stepSeconds
  const [last, earlier] = [counted.at(-1), counted.at(-1 - steps)]
  if (!last || !earlier) return []
  const each = { total: (last.total - earlier.total) / steps, bad: (last.bad - earlier.bad) / steps }
  return Array.from({ length: 600 / stepSeconds }, (_, index) => ({
    at: last.at + (index + 1) * stepSeconds * 1_000,
    total: last.total + (index + 1) * each.total,
    bad: last.bad + (index + 1) * each.bad,
  }))
}

/** Whether an alert came in the minute that was predicted, one evaluation earlier or later. */
export const isAsPredicted = (firedAt: number, predictedAt: number): boolean =>
  firedAt >= predictedAt - evaluationMs && firedAt <= predictedAt + 2 * evaluationMs + stepSeconds * 1_000

/** The events of a promise over the last hour, from the counters themselves. @param id as the label `sloth_id` has it */
export async function readCounted(prometheus: string, id: string): Promise<{ budget: number; counted: Counted[] }> {
  const slo = readOwnPromises().find((each) => each.id === id)
  if (slo?.sli.kind !== 'events') throw new Error(`there is no promise ${id} about events`)
  const [total, bad] = await Promise.all([
    readSum(prometheus, slo.sli.totalQuery),
    readSum(prometheus, slo.sli.errorQuery),
  ])
  const badAt = new Map(bad.map(({ at, value }) => [at, value]))
  return { budget: slo.budget, counted: total.map(({ at, value }) => ({ at, total: value, bad: badAt.get(at) ?? 0 })) }
}

async function readSum(prometheus: string, indicator: string): Promise<Point[]> {
  const terms = sumsOfRates(indicator)
  if (!terms) throw new Error(`these events cannot be counted: ${indicator}`)
  const sums = terms.map(({ sign, selector }) => `${sign} * (sum(${selector}) or vector(0))`)
  return askRange(prometheus, `${sums.join(' + ')} and on() sum(${terms[0]?.selector})`, { minutes: 60, stepSeconds })
}
