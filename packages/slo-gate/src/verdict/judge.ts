import type { SloFacts } from './facts'
import { type Finding, pass, type Verdict, worstOf } from './finding'
import { judgeOverride, judgeRollback } from './rows/allowed'
import { judgeEmptyBudget, judgeFastBurn, judgeSlowBurn } from './rows/budget'
import { judgeDependencies } from './rows/dependencies'
import { judgeAnswers, judgeHistory, judgeRules, judgeTraffic } from './rows/evidence'
import { judgeFreeze } from './rows/freeze'

export type SloVerdict = { verdict: Verdict; findings: readonly Finding[] }

/**
 * The rows of the table in their order. Row 1 is refused before; row 4 (who is spared) and row 13 (what may be chance) change what
 * rows 5 to 11 and 14 say.
 */
const rows: readonly ((facts: SloFacts) => Finding[])[] = [
  ...[judgeRollback, judgeOverride, judgeFreeze, judgeAnswers, judgeRules, judgeTraffic],
  ...[judgeFastBurn, judgeEmptyBudget, judgeSlowBurn, judgeHistory, judgeDependencies],
]

/**
 * Judges one SLO. The first row that decides ends it; a warning decides nothing, so that a budget that burns slowly does not hide a
 * dependency that is down.
 */
export function judgeSlo(facts: SloFacts): SloVerdict {
  const findings: Finding[] = []
  for (const row of rows) {
    findings.push(...row(facts))
    if (findings.some(({ isFinal }) => isFinal)) break
  }
  const isClear = findings.every(({ verdict }) => verdict === 'pass') && !findings.some(({ isFinal }) => isFinal)
  if (isClear) findings.push(pass(15, { kind: 'healthy', what: 'It keeps its promise.' }))
  return { verdict: worstOf(findings.map(({ verdict }) => verdict)), findings }
}
