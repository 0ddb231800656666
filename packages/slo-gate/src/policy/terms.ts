import type { Slo } from '@hourglass/slo/spec'
import type { Matcher } from '@hourglass/slo/with-matchers'
import { Problem } from '../problem'
import type { Terms } from '../verdict/facts'
import type { Policy } from './policy'

/** What holds for one service in one environment. Throws a Problem where the policy knows either of them not. */
export function termsFor(policy: Policy, service: string, environment: string): Terms {
  const known = policy.services[service]
  if (!known) throw new Problem(`The policy knows no service "${service}": ${Object.keys(policy.services).join(', ')}.`)
  const tier = policy.tiers[known.tier]
  if (!tier) throw new Problem(`The policy knows no tier "${known.tier}".`)
  const { mode } = environmentOf(policy, environment)
  return {
    ...tier,
    tier: known.tier,
    mode: known.mode ?? mode,
    reserve: known.reserve ?? tier.reserve,
    fixLabel: policy.fixLabel,
  }
}

/** An SLO's own file may say how many bad events are no chance: its alerts go by that too. */
export function termsOfSlo(terms: Terms, { alerting }: Pick<Slo, 'alerting'>): Terms {
  const written = Number((alerting.page ?? alerting.ticket)?.annotations.min_bad_events)
  return written > 0 ? { ...terms, leastBadEvents: written } : terms
}

export function environmentOf(policy: Policy, name: string): Policy['environments'][string] {
  const environment = policy.environments[name]
  if (environment) return environment
  throw new Problem(`The policy knows no environment "${name}": ${Object.keys(policy.environments).join(', ')}.`)
}

/** The labels of an environment, for every selector. */
export const matchersOf = ({ labels }: Policy['environments'][string]): Matcher[] =>
  Object.entries(labels).map(([label, value]) => ({ label, operator: '=', value }))

/** The services to which changed files belong. Throws a Problem where they belong to none: nothing matched is never a pass. */
export function servicesOfFiles(policy: Policy, files: readonly string[]): string[] {
  const found = Object.entries(policy.services).filter(([, { paths }]) =>
    paths.some((path) => files.some((file) => new Bun.Glob(path).match(file))),
  )
  if (found.length === 0) throw new Problem(`None of ${files.length} changed files belongs to a service of the policy.`)
  return found.map(([name]) => name)
}
