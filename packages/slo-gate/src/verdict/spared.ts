import type { SloFacts } from './facts'

/** What a row may hold against a deploy. */
export type Charge = 'freeze' | 'budget' | 'fast-burn' | 'dependency'

/**
 * Row 4: why a deploy is spared a charge, or `null`. A security fix or a hotfix is spared freezes and budgets, and a fast burn only if it
 * names the open incident (SRE workbook, appendix B). A fix of the burning service, with its label and a reason, is spared what that
 * service has burnt, but no freeze: a room full of students does not care why it was interrupted.
 */
export function sparedBecause({ change, slo, terms }: SloFacts, charge: Charge): string | null {
  if (change.class === 'hotfix' || change.class === 'security') {
    if (change.incident !== null) return `it is a ${wordOf[change.class]} for incident ${change.incident}`
    return charge === 'fast-burn' ? null : `it is a ${wordOf[change.class]}`
  }
  if (change.class !== 'fix' || charge === 'freeze' || charge === 'dependency') return null
  if (!change.services.includes(slo.service)) return null
  if (!change.labels.includes(terms.fixLabel) || change.reason === null) return null
  return `it mends ${slo.service} (${change.reason})`
}

const wordOf = { hotfix: 'hotfix', security: 'security fix' } as const
