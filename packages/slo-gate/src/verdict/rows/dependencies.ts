import type { Dependency, SloFacts } from '../facts'
import { block, type Finding, warn } from '../finding'
import { sparedBecause } from '../spared'

/** Row 14: what this service cannot do without burns, is out of budget, or is not known. */
export function judgeDependencies(facts: SloFacts): Finding[] {
  return facts.dependencies.filter(({ state }) => state !== 'healthy').map((each) => judge(facts, each))
}

function judge(facts: SloFacts, { path, outcome, state, why }: Dependency): Finding {
  const words = { kind: `dependency-${state}`, what: `It needs ${path.slice(1).join(', which needs ')}: ${why}` }
  if (state === 'unknown' || outcome === 'warn') return warn(14, words)
  const spared = sparedBecause(facts, 'dependency')
  return spared === null
    ? block(14, words)
    : warn(14, { ...words, what: `${words.what} It may go out, since ${spared}.` })
}
