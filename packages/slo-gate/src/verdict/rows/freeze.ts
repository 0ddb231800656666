import type { ExamRoom, Freeze, SloFacts } from '../facts'
import { block, type Finding, warn } from '../finding'
import { sayTime } from '../say'
import { sparedBecause } from '../spared'
import { judgeUnknown } from './unknown'

/** Row 5: windows of the calendar, and exams. */
export function judgeFreeze(facts: SloFacts): Finding[] {
  return [...facts.freezes.map((freeze) => judgeWindow(facts, freeze)), ...judgeExams(facts, facts.exams)]
}

function judgeWindow(facts: SloFacts, { name, reason, until }: Freeze): Finding {
  const what = `Deploys are frozen by "${name}"${until === null ? '' : ` until ${sayTime(until)}`}: ${reason}`
  return orSpared(facts, { kind: 'freeze', what, until })
}

function judgeExams(facts: SloFacts, room: ExamRoom | null): Finding[] {
  if (room === null || room.kind === 'free') return []
  if (room.kind === 'busy') return [orSpared(facts, { kind: 'exam', what: room.why, until: room.until })]
  const spared = sparedBecause(facts, 'freeze')
  const what = `Nobody knows whether an exam is open: ${room.why}`
  if (spared !== null) return [warn(5, { kind: 'exam-unknown', what: `${what} It may go out, since ${spared}.` })]
  return [judgeUnknown(facts, 5, { kind: 'exam-unknown', what })]
}

function orSpared(facts: SloFacts, words: { kind: string; what: string; until: number | null }): Finding {
  const spared = sparedBecause(facts, 'freeze')
  return spared === null
    ? block(5, words)
    : warn(5, { ...words, what: `${words.what} It may go out, since ${spared}.` })
}
