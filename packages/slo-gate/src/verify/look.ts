import type { Asker } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import type { Matcher } from '@hourglass/slo/with-matchers'
import { Problem } from '../problem'
import { type Arm, type Comparison, compareArms, type Terms } from '../statistics/compare-arms'
import { requestsPerArm } from '../statistics/requests-per-arm'
import { countEvents, type Span } from './count-events'
import type { ArmMatchers } from './find-arms'

/** What one look at one SLO found. */
export type Look = {
  slo: Pick<Slo, 'id' | 'objective' | 'budget'>
  canary: Arm
  stable: Arm
  comparison: Comparison
  margin: number
  /** Events that each arm needs to see twice, and 14.4 times, of what the budget allows. */
  needed: { twice: number; fast: number }
}

type Asked = {
  arms: { canary: ArmMatchers; stable: ArmMatchers }
  matchers: readonly Matcher[]
  span: Span
  terms: Omit<Terms, 'margin'>
  /** How many budgets the share of bad events may grow by. */
  budgets: number
}

/** Counts both versions over the same time, and compares them. */
export async function lookAt(asker: Asker, slo: Slo, { arms, matchers, span, terms, budgets }: Asked): Promise<Look> {
  const { sli, budget, id, objective } = slo
  if (sli.kind !== 'events') throw new Problem(`${id} is no SLO by events: versions cannot be compared by it.`)
  const count = async (arm: ArmMatchers): Promise<Arm> => {
    const own = [...matchers, ...arm]
    const [bad, total] = await Promise.all([
      countEvents(asker, { query: sli.errorQuery, matchers: own, span }),
      countEvents(asker, { query: sli.totalQuery, matchers: own, span }),
    ])
    return { bad: Math.min(bad, total), total }
  }
  const [canary, stable] = await Promise.all([count(arms.canary), count(arms.stable)])
  const margin = budget * budgets
  return {
    ...{ slo: { id, objective, budget }, canary, stable, margin },
    comparison: compareArms(canary, stable, { ...terms, margin }),
    needed: { twice: requestsPerArm(budget, 2), fast: requestsPerArm(budget, 14.4) },
  }
}
