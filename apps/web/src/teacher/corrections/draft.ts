import type { CorrectableQuestion, Correction } from '@hourglass/grading/model'
import { parseDecimal } from '../../lib/decimal'

export type Mode = Correction['mode']

/** The form as it is typed. */
export type Draft = {
  mode: Mode | null
  gapId: string | null
  choiceId: string | null
  pattern: string
  value: string
  tolerance: string
  weight: string
  keyDigest: string | null
}
export const emptyDraft: Draft = {
  ...{ mode: null, gapId: null, choiceId: null, keyDigest: null },
  ...{ pattern: '', value: '', tolerance: '0', weight: '100' },
}

export type AnswerKind = 'choice' | 'text' | 'number'
export type Faults = Partial<Record<keyof Draft, 'missing' | 'notNumber' | 'notPercent'>>

/** What kind of answer can be accepted, where; `null` where none can: then another version marks it. */
export function acceptedKind(question: CorrectableQuestion, gapId: string | null): AnswerKind | null {
  switch (question.type) {
    case 'single-choice':
      return 'choice'
    case 'short-answer':
      return 'text'
    case 'numeric':
      return 'number'
    case 'gap-fill': {
      const kind = question.gaps?.find(({ id }) => id === gapId)?.kind
      return kind === 'choice' ? 'choice' : kind === 'numeric' ? 'number' : 'text'
    }
    default:
      return null
  }
}

export const canAccept = (question: CorrectableQuestion): boolean => acceptedKind(question, null) !== null

/** The correction that the form says, or what is missing in it. */
export function readDraft(
  question: CorrectableQuestion,
  draft: Draft,
): { correction: Correction; faults: null } | { correction: null; faults: Faults } {
  const faults: Faults = {}
  if (draft.mode === null) return { correction: null, faults: { mode: 'missing' } }
  if (draft.mode === 'drop' || draft.mode === 'full-credit') return { correction: { mode: draft.mode }, faults: null }
  if (draft.mode === 'rescore') {
    if (draft.keyDigest === null) return { correction: null, faults: { keyDigest: 'missing' } }
    return { correction: { mode: 'rescore', keyDigest: draft.keyDigest }, faults: null }
  }
  const kind = acceptedKind(question, draft.gapId)
  if (question.type === 'gap-fill' && draft.gapId === null) faults.gapId = 'missing'
  const weight = parseDecimal(draft.weight)
  if (weight === null || Number(weight) <= 0 || Number(weight) > 100) faults.weight = 'notPercent'
  const value = parseDecimal(draft.value)
  const tolerance = parseDecimal(draft.tolerance)
  if (kind === 'choice' && draft.choiceId === null) faults.choiceId = 'missing'
  if (kind === 'text' && draft.pattern.trim() === '') faults.pattern = 'missing'
  if (kind === 'number' && value === null) faults.value = 'notNumber'
  if (kind === 'number' && (tolerance === null || Number(tolerance) < 0)) faults.tolerance = 'notNumber'
  if (Object.keys(faults).length > 0 || weight === null) return { correction: null, faults }
  const place = draft.gapId === null ? { weight } : { weight, gapId: draft.gapId }
  const answers = {
    choice: { kind: 'choice', choiceId: draft.choiceId ?? '', ...place },
    text: { kind: 'text', pattern: draft.pattern.trim(), ...place },
    number: { kind: 'number', value: value ?? '', tolerance: tolerance ?? '', ...place },
  } as const
  if (kind === null) return { correction: null, faults: { mode: 'missing' } }
  return { correction: { mode: 'accept', answer: answers[kind] }, faults: null }
}
