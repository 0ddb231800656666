import { findBrokenLink } from '@hourglass/exams/audit'
import type { Evidence } from '../evidence'
import { judgeAnswers, judgeLog, judgeRepeats, type Period } from './answers'
import { judgeCredits, type Outage } from './credits'
import { judgeGrades } from './marks'
import { newestOf } from './newest'
import { judgeSeals } from './seals'
import { judgeTimes } from './times'

export type { Period } from './answers'
export type { Outage } from './credits'

export type JudgeOptions = {
  /** For so long after the end saves are still taken, marked late. */
  networkGraceMs?: number
  /** What the databases were made to forget. */
  forgotten?: Period | null
  /** What teachers gave back. */
  compensated?: readonly Outage[]
}

/** Everything that the evidence holds against the program, each as one sentence that begins with the invariant's number. */
export function judge(evidence: Evidence, options: JudgeOptions = {}): string[] {
  const { networkGraceMs = 10_000, forgotten = null, compensated = [] } = options
  const newest = newestOf(evidence.snapshots)
  return [
    ...judgeAnswers(evidence, newest),
    ...judgeLog(evidence, forgotten),
    ...judgeGrades(evidence, newest),
    ...judgeSeals(evidence, newest),
    ...judgeTimes(evidence, networkGraceMs),
    ...judgeCredits(evidence, compensated),
    ...judgeAudit(evidence),
    ...judgeRepeats(evidence),
    ...judgeNotices(evidence),
    ...judgeEvents(evidence),
  ]
}

function judgeAudit({ audit }: Evidence): string[] {
  if (audit.length === 0) return ['I6: there is no audit trail']
  const unlinked = audit.filter(({ number }) => number === null).length
  const brokenAt = unlinked > 0 ? null : findBrokenLink(audit)
  return [
    ...(unlinked > 0 ? [`I6: ${unlinked} audit rows are not in the chain`] : []),
    ...(brokenAt === null ? [] : [`I6: the audit chain breaks at row ${brokenAt}`]),
  ]
}

/** I8: each student has one mail about each of their results. */
const judgeNotices = ({ attempts, notices }: Evidence): string[] =>
  attempts.flatMap(({ attemptId, personId }) => {
    const its = notices.filter((notice) => notice.attemptId === attemptId)
    if (its.length === 1 && its[0]?.personId === personId) return []
    return [`I8: ${its.length} mails tell of the result of attempt ${attemptId}`]
  })

/** I9: nothing is left in an outbox, nothing was given up. */
const judgeEvents = ({ unpublished, parked }: Evidence): string[] => [
  ...unpublished.filter(({ count }) => count > 0).map(({ service, count }) => `I9: ${count} events wait in ${service}`),
  ...parked
    .filter(({ count }) => count > 0)
    .map(({ service, count }) => `I9: ${count} events are parked in ${service}`),
]
