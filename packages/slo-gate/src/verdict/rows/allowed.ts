import type { SloFacts } from '../facts'
import { type Finding, pass } from '../finding'
import { sayTime } from '../say'

/** Row 2. Blocking a rollback would prolong the outage. That it goes to an older version was checked when the change was read. */
export function judgeRollback({ change }: SloFacts): Finding[] {
  if (change.class !== 'rollback') return []
  const what = `A rollback from ${change.currentVersion} to ${change.version} may always go out.`
  return [pass(2, { kind: 'rollback', what })]
}

/** Row 3. Only overrides that hold for this service and commit get here. */
export function judgeOverride({ override }: SloFacts): Finding[] {
  if (!override) return []
  const { id, by, reason, ticket, expiresAt } = override
  const what = `${by} lets it through by override ${id} until ${sayTime(expiresAt)}: ${reason} (${ticket}).`
  return [pass(3, { kind: 'override', what, until: expiresAt })]
}
