import type { Entry } from '../audit/audit'
import type { Finding } from '../verdict/finding'

const daySeconds = 86_400

/** The overrides that let something of a service through within 30 days, with repetitions. */
export const overridesUsed = (audit: readonly Entry[], service: string, now: number): string[] =>
  audit
    .filter(({ at }) => at > now - 30 * daySeconds)
    .flatMap(({ slos }) => slos.filter((slo) => slo.service === service).flatMap(({ override }) => override ?? []))

/** When an SLO was last judged fit by figures; what stood in for figures does not count, or it would stand in for ever. */
export function lastKnownGoodAt(
  audit: readonly Entry[],
  { id, environment }: { id: string; environment: string },
): number | null {
  const good = audit.filter(
    (entry) =>
      entry.kind === 'gate' &&
      entry.environment === environment &&
      entry.slos.some((slo) => slo.id === id && slo.isByEvidence && (slo.verdict === 'pass' || slo.verdict === 'warn')),
  )
  return good.at(-1)?.at ?? null
}

const withoutFigures = new Set([
  ...['rollback', 'override'],
  ...['exam-unknown', 'unreachable', 'stale-rules', 'silent', 'window-missing'],
])

export const isByEvidence = (findings: readonly Finding[]): boolean =>
  findings.every(({ kind }) => !withoutFigures.has(kind))
