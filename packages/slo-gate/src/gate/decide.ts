import type { Slo } from '@hourglass/slo/spec'
import type { Change } from '../change'
import type { ExamRoom, Reading, Terms } from '../verdict/facts'
import type { Finding, Verdict } from '../verdict/finding'

/** What the gate says of one SLO. */
export type SloDecision = {
  slo: Slo
  terms: Terms
  verdict: Verdict
  /** It would stop the deploy, were its mode `enforce`. */
  wouldBlock: boolean
  findings: readonly Finding[]
  /** The override that let it through. */
  override: string | null
  reading: Reading
}

export type Decision = {
  /** Seconds since 1970: the moment of every question. */
  at: number
  isReplay: boolean
  /** Where the figures come from. */
  source: { url: string; tenant: string | null }
  change: Change
  /** The worst of all; never a sum or a mean. */
  verdict: Verdict
  exitCode: ExitCode
  wouldBlock: boolean
  exams: ExamRoom | null
  /** What else somebody should know, such as why an override does not hold. */
  notices: readonly string[]
  slos: readonly SloDecision[]
}

/** 0: it may go out. 1: it may not. 3: nobody knows, so it may not. 2, wrong use, is a Problem. */
export type ExitCode = 0 | 1 | 3

export const wouldStop = (verdict: Verdict): boolean => verdict === 'block' || verdict === 'cannot-tell'

/** A certain no counts for more than not knowing. Modes `warn` and `report` stop nothing. */
export function exitCodeOf(slos: readonly Pick<SloDecision, 'verdict' | 'terms'>[]): ExitCode {
  const enforced = slos.filter(({ terms }) => terms.mode === 'enforce')
  if (enforced.some(({ verdict }) => verdict === 'block')) return 1
  return enforced.some(({ verdict }) => verdict === 'cannot-tell') ? 3 : 0
}
