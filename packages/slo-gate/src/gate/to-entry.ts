import type { Entry } from '../audit/audit'
import type { Decision } from './decide'
import { isByEvidence } from './remember'

/** What of a decision stays in the audit file. */
export function toEntry({ at, change, verdict, exitCode, slos }: Decision): Entry {
  const { class: name, services, environment, sha, version, actor, author, reason, incident } = change
  return {
    ...{ at, kind: 'gate', environment, services: [...services], class: name, sha, version, actor, author },
    ...{ reason, incident, verdict, exitCode },
    slos: slos.map(({ slo, verdict: each, findings, override }) => ({
      ...{ id: slo.id, service: slo.service, verdict: each, rows: findings.map(({ row }) => row), override },
      isByEvidence: isByEvidence(findings),
    })),
  }
}
