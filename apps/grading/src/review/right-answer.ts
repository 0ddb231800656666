import type { KeyQuestion } from '@hourglass/questions/key'
import type { AcceptedNumber } from '@hourglass/questions/question'
import type { RightAnswer } from './model'

/** What earns full marks, in a form to be shown; `null` where only a person can tell. */
export function toRightAnswer(key: KeyQuestion): RightAnswer | null {
  switch (key.type) {
    case 'single-choice':
      return { kind: 'choices', choiceIds: heaviest(key.choices).map(({ id }) => id) }
    case 'multiple-choice':
      return { kind: 'choices', choiceIds: key.choices.filter(({ weight }) => Number(weight) > 0).map(({ id }) => id) }
    case 'true-false':
      return { kind: 'truth', value: key.answer }
    case 'short-answer':
      return { kind: 'texts', texts: heaviest(key.accepted).map(({ pattern }) => pattern) }
    case 'numeric':
      return { kind: 'numbers', texts: heaviest(key.accepted).map(({ match }) => toRange(match, key)) }
    case 'matching':
      return { kind: 'pairs', pairs: key.pairs }
    case 'ordering':
      return { kind: 'order', itemIds: key.order }
    case 'gap-fill':
      return { kind: 'gaps', gaps: Object.fromEntries(key.gaps.map((gap) => [gap.id, toGapAnswer(gap)])) }
    case 'essay':
    case 'description':
      return null
  }
}

type KeyGap = Extract<KeyQuestion, { type: 'gap-fill' }>['gaps'][number]

function toGapAnswer(gap: KeyGap): string[] {
  if (gap.kind === 'choice') return heaviest(gap.choices).map(({ id }) => id)
  if (gap.kind === 'short') return heaviest(gap.accepted).map(({ pattern }) => pattern)
  return heaviest(gap.accepted).map(({ match }) => toRange(match, gap))
}

/** Those with the greatest weight, if that earns anything. */
function heaviest<T extends { weight: string }>(answers: readonly T[]): T[] {
  const most = Math.max(0, ...answers.map(({ weight }) => Number(weight)))
  return most > 0 ? answers.filter(({ weight }) => Number(weight) === most) : []
}

function toRange(
  match: AcceptedNumber['match'],
  { units, unitRule }: { units: { name: string; multiplier: string }[]; unitRule: string },
): string {
  const base = unitRule === 'none' ? undefined : units.find(({ multiplier }) => Number(multiplier) === 1)
  const unit = base ? ` ${base.name}` : ''
  switch (match.kind) {
    case 'any':
      return '*'
    case 'range':
      return `${match.min} … ${match.max}${unit}`
    case 'absolute':
      return Number(match.tolerance) === 0 ? `${match.value}${unit}` : `${match.value} ± ${match.tolerance}${unit}`
    case 'relative':
      return Number(match.tolerance) === 0
        ? `${match.value}${unit}`
        : `${match.value}${unit} ± ${Number((Number(match.tolerance) * 100).toPrecision(6))} %`
  }
}
