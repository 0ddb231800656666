import type { Asker } from '@hourglass/slo/prometheus'
import { escapeRegex, type Matcher, withMatchers } from '@hourglass/slo/with-matchers'
import { Problem } from '../problem'
import type { Span } from './count-events'

/** How the series of one version are selected. */
export type ArmMatchers = readonly Matcher[]

export type Versions = { canary: string; stable: string }

/**
 * The instances that ran each version within a span, as `hourglass_build_info` says. A version that nothing runs yet has `null`. Throws a
 * Problem where one instance ran both: what it counted belongs to neither.
 */
export async function findArms(
  asker: Asker,
  { versions, matchers, span }: { versions: Versions; matchers: readonly Matcher[]; span: Span },
): Promise<{ canary: ArmMatchers | null; stable: ArmMatchers | null }> {
  const seconds = Math.max(60, Math.ceil(span.to - span.from))
  const instancesOf = async (version: string) => {
    const info = withMatchers('hourglass_build_info', [
      ...matchers,
      { label: 'version', operator: '=', value: version },
    ])
    const found = await asker.query(`group by (instance) (last_over_time(${info}[${seconds}s]))`, span.to)
    return found.flatMap(({ labels }) => labels.instance ?? [])
  }
  const [canary, stable] = await Promise.all([instancesOf(versions.canary), instancesOf(versions.stable)])
  const both = canary.filter((instance) => stable.includes(instance))
  if (both.length > 0) throw new Problem(`${both.join(', ')} ran both versions within the time that is compared.`)
  return { canary: toMatchers(canary), stable: toMatchers(stable) }
}

const toMatchers = (instances: readonly string[]): ArmMatchers | null =>
  instances.length === 0
    ? null
    : [{ label: 'instance', operator: '=~', value: instances.map(escapeRegex).sort().join('|') }]

/** Where the series themselves have a label with the version, such as Kubernetes can put on. */
export const armsByLabel = (label: string, { canary, stable }: Versions) => ({
  canary: [{ label, operator: '=', value: canary }] as const,
  stable: [{ label, operator: '=', value: stable }] as const,
})
