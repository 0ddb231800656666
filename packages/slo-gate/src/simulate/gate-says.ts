import type { Slo } from '@hourglass/slo/spec'
import type { Terms } from '../verdict/facts'
import { judgeSlo, type SloVerdict } from '../verdict/judge'
import type { Past } from './past'

/** What the gate would say of a feature, from a minute of the story on. */
export type Said = SloVerdict & { minute: number }

/** The verdict at one minute, were nothing else in the way: no freeze, no exam, nothing that it needs. */
export function verdictAt(slo: Slo, terms: Terms, past: Past, minute: number): Said {
  const change = {
    ...{ class: 'feature' as const, services: [slo.service], environment: 'simulated', sha: null, version: null },
    ...{ currentVersion: null, actor: null, author: null, labels: [], reason: null, incident: null },
  }
  const nothing = { override: null, freezes: [], exams: null, dependencies: [], lastKnownGoodAt: null }
  return { minute, ...judgeSlo({ ...nothing, now: minute * 60, slo, change, terms, reading: past.readAt(minute) }) }
}

/** The verdict of each minute at which it changes, or the rows that it rests on do. */
export function findVerdicts(slo: Slo, terms: Terms, past: Past): Said[] {
  const found: Said[] = []
  let before = ''
  for (let minute = 0; minute <= past.length; minute++) {
    const said = verdictAt(slo, terms, past, minute)
    const rows = [said.verdict, ...said.findings.map(({ row }) => row)].join()
    if (rows !== before) found.push(said)
    before = rows
  }
  return found
}
