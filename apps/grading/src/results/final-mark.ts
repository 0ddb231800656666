import type { GradingMethod } from '@hourglass/events/contracts'
import {
  add,
  compare,
  divide,
  multiply,
  parseDecimal,
  type Rational,
  ratio,
  sum,
  toDecimal,
  zero,
} from '@hourglass/scoring/rational'

/** `marks` is `null` while the attempt is open or waits for a person's mark. */
export type AttemptTotal = { number: number; marks: string | null; maxMarks: string }

export type FinalMark = {
  marks: string | null
  maxMarks: string | null
  percent: string | null
  /** False while an attempt that could still change it is open or unmarked. */
  isFinal: boolean
}

/** Percent with two places, half away from zero; `null` where there is nothing to earn. */
export function toPercent(marks: string, maxMarks: string): string | null {
  const whole = parseDecimal(maxMarks)
  if (compare(whole, zero) <= 0) return null
  return toDecimal(multiply(divide(parseDecimal(marks), whole), ratio(100)), 2)
}

/**
 * A student's mark for an exam from all their attempts, exactly. First and last count one attempt, marked or not; highest and
 * average take those that are marked. With questions drawn per attempt the maxima may differ: highest is then by share.
 */
export function combineAttempts(method: GradingMethod, attempts: readonly AttemptTotal[]): FinalMark {
  const byNumber = attempts.toSorted((a, b) => a.number - b.number)
  const counted = method === 'first' ? byNumber.slice(0, 1) : method === 'last' ? byNumber.slice(-1) : byNumber
  const marked = counted.flatMap(({ marks, maxMarks }) => (marks === null ? [] : [{ marks, maxMarks }]))
  const isFinal = counted.length > 0 && marked.length === counted.length
  const [first, ...others] = marked
  if (!first) return { marks: null, maxMarks: null, percent: null, isFinal: false }
  if (method !== 'average') {
    const best = others.reduce((held, next) => (compare(shareOf(next), shareOf(held)) > 0 ? next : held), first)
    return { ...best, percent: toPercent(best.marks, best.maxMarks), isFinal }
  }
  const size = ratio(marked.length)
  const meanOf = (texts: readonly string[]) => toDecimal(divide(sum(texts.map(parseDecimal)), size), 5)
  const share = divide(marked.map(shareOf).reduce(add, zero), size)
  return {
    marks: meanOf(marked.map(({ marks }) => marks)),
    maxMarks: meanOf(marked.map(({ maxMarks }) => maxMarks)),
    percent: marked.some(({ maxMarks }) => compare(parseDecimal(maxMarks), zero) > 0)
      ? toDecimal(multiply(share, ratio(100)), 2)
      : null,
    isFinal,
  }
}

function shareOf({ marks, maxMarks }: { marks: string; maxMarks: string }): Rational {
  const whole = parseDecimal(maxMarks)
  return compare(whole, zero) > 0 ? divide(parseDecimal(marks), whole) : zero
}
