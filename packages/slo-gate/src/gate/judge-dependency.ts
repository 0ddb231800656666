import type { Slo } from '@hourglass/slo/spec'
import type { NeedPath } from '../policy/needs'
import type { Policy } from '../policy/policy'
import { termsFor, termsOfSlo } from '../policy/terms'
import { budgetOf, burningPairs, isChance } from '../verdict/burn'
import type { Dependency, Reading, Terms } from '../verdict/facts'

type Asked = { slos: readonly Slo[]; policy: Policy; change: { environment: string } }

/** How a service does that another one needs: rows 9 and 10 alone, so that a freeze or a need of its own says nothing. */
export function judgeDependency(
  { service, path, outcome }: NeedPath,
  { slos, policy, change }: Asked,
  readings: ReadonlyMap<string, Reading>,
): Dependency {
  const terms = termsFor(policy, service, change.environment)
  const states = slos
    .filter((slo) => slo.service === service)
    .map((slo) => ({ id: slo.id, state: stateOf(slo, readings.get(slo.id), termsOfSlo(terms, slo)) }))
  const worst = states.toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state))[0]
  const state = worst?.state ?? 'unknown'
  return { service, path, outcome, state, why: worst ? `${worst.id} ${words[state]}` : `no SLO speaks for ${service}.` }
}

const order: readonly Dependency['state'][] = ['burning', 'empty', 'unknown', 'healthy']
const words = {
  burning: 'burns its budget too fast right now.',
  empty: 'has no budget left.',
  unknown: 'is not known.',
  healthy: 'keeps its promise.',
} as const

function stateOf(slo: Slo, reading: Reading | undefined, terms: Terms): Dependency['state'] {
  if (reading?.kind !== 'read') return 'unknown'
  if (reading.traffic === 'vanished') return 'burning'
  if (reading.traffic === 'silent' || reading.traffic === 'never') return 'unknown'
  const burning = burningPairs(reading, slo.budget, 'page')
  if (burning.some(({ pair }) => !isChance(reading, pair.long, slo.budget, terms))) return 'burning'
  const left = budgetOf({ slo, reading })
  return left !== null && left <= 0 && !isChance(reading, '30d', slo.budget, terms) ? 'empty' : 'healthy'
}
