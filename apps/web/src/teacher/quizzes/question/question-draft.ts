import type { AcceptedNumber, Gap, Question, Unit } from '@hourglass/questions/question'
import { isDecimal, isNegative, tidyDecimal } from '../../../lib/decimal'
import { t } from '../../../messages/quizzes'

/** Where a draft cannot be stored yet: the address of the field, such as `choices.0.weight`, and what to write there. */
export type DraftFaults = ReadonlyMap<string, string>

/** What keeps a draft from being stored at all. Whether it can be put before students is the server's to say. */
export function faultsOf(question: Question): DraftFaults {
  const faults = new Map<string, string>()
  const decimal = (path: string, text: string) => {
    if (!isDecimal(text)) faults.set(path, t('fault.decimal'))
  }
  if (!isDecimal(question.maxMarks) || isNegative(question.maxMarks)) faults.set('maxMarks', t('fault.marks'))
  const weights = (path: string, weighted: readonly { weight: string }[]) => {
    for (const [index, { weight }] of weighted.entries()) {
      if (!isWeight(weight)) faults.set(`${path}.${index}.weight`, t('fault.weight'))
    }
  }
  const numbers = (path: string, accepted: readonly AcceptedNumber[], units: readonly Unit[]) => {
    weights(`${path}accepted`, accepted)
    for (const [index, { match }] of accepted.entries()) {
      for (const [name, value] of Object.entries(match)) {
        if (name !== 'kind') decimal(`${path}accepted.${index}.${name}`, value)
      }
    }
    for (const [index, { name, multiplier }] of units.entries()) {
      if (name.trim() === '') faults.set(`${path}units.${index}.name`, t('fault.unit'))
      decimal(`${path}units.${index}.multiplier`, multiplier)
    }
  }
  const gap = (path: string, each: Gap) => {
    decimal(`${path}share`, each.share)
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(each.id)) faults.set(`${path}id`, t('fault.gapId'))
    if (each.kind === 'choice') weights(`${path}choices`, each.choices)
    if (each.kind === 'short') weights(`${path}accepted`, each.accepted)
    if (each.kind === 'numeric') numbers(path, each.accepted, each.units)
  }
  if ('choices' in question) weights('choices', question.choices)
  if (question.type === 'short-answer') weights('accepted', question.accepted)
  if (question.type === 'numeric') numbers('', question.accepted, question.units)
  if (question.type === 'gap-fill') for (const [index, each] of question.gaps.entries()) gap(`gaps.${index}.`, each)
  if (question.type === 'matching') {
    for (const [index, { match }] of question.pairs.entries()) {
      if (match.trim() === '') faults.set(`pairs.${index}.match`, t('fault.match'))
    }
  }
  return faults
}

/** Between −100 and 100, told by its digits alone. */
function isWeight(text: string): boolean {
  if (!isDecimal(text)) return false
  const [whole = '0', fraction = ''] = tidyDecimal(text).replace('-', '').split('.')
  const size = BigInt(whole)
  return size < 100n || (size === 100n && !/[1-9]/.test(fraction))
}

/** The draft as the server takes it: decimals tidied, wrong matches that were left empty let go. */
export function toQuestion(draft: Question): Question {
  // A copy of a question is a question; JSON holds all of it.
  const question = JSON.parse(JSON.stringify(draft)) as Question
  question.maxMarks = tidyDecimal(question.maxMarks)
  const weights = (weighted: { weight: string }[]) => {
    for (const each of weighted) each.weight = tidyDecimal(each.weight)
  }
  const numbers = ({ accepted, units }: { accepted: AcceptedNumber[]; units: Unit[] }) => {
    weights(accepted)
    for (const { match } of accepted) tidyMatch(match)
    for (const unit of units) unit.multiplier = tidyDecimal(unit.multiplier)
  }
  if ('choices' in question) weights(question.choices)
  if (question.type === 'short-answer') weights(question.accepted)
  if (question.type === 'numeric') numbers(question)
  if (question.type === 'matching') question.distractors = question.distractors.filter((text) => text.trim() !== '')
  if (question.type === 'gap-fill') {
    for (const gap of question.gaps) {
      gap.share = tidyDecimal(gap.share)
      if (gap.kind === 'choice') weights(gap.choices)
      else if (gap.kind === 'short') weights(gap.accepted)
      else numbers(gap)
    }
  }
  return question
}

function tidyMatch(match: AcceptedNumber['match']): void {
  if (match.kind === 'range') {
    match.min = tidyDecimal(match.min)
    match.max = tidyDecimal(match.max)
  } else if (match.kind !== 'any') {
    match.value = tidyDecimal(match.value)
    match.tolerance = tidyDecimal(match.tolerance)
  }
}

/** The ids that stand in a text as `[[id]]`, in their order. */
export const gapIdsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\[\[([A-Za-z0-9_-]{1,40})\]\]/g)].map(([, id = '']) => id)),
]
