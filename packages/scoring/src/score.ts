import type { KeyQuestion } from '@hourglass/questions/key'
import type { Response } from '@hourglass/questions/response'
import { scoreMatching, scoreOrdering } from './arrangement'
import { scoreChoice, scoreChoices, scoreTrueFalse } from './choice'
import { scoreGaps } from './gaps'
import { scoreNumber } from './numeric'
import type { Outcome } from './outcome'
import { clamp, compare, multiply, negate, one, parseDecimal, type Rational, sum, toDecimal, zero } from './rational'
import { scoreText } from './short-text'

export type ScoreState = 'correct' | 'partial' | 'wrong' | 'unanswered' | 'needs-marking' | 'not-marked'

export type Score = {
  state: ScoreState
  /** Part of the question's marks, −1 to 1, at most 7 places; `null` until a person has marked it. */
  fraction: string | null
  /** Marks out of the question's `maxMarks`, at most 5 places; `null` until a person has marked it. */
  marks: string | null
  /** Feedback that this answer earned, as sanitised HTML. */
  feedbackHtml: string[]
}

export type ScoreOptions = {
  /** Marks below 0 are kept instead of being raised to 0. Default false. */
  negativeMarks?: boolean
}

/**
 * Marks one answer by its key. Pure and exact: the same key and answer give the same bytes on any machine.
 * `response` is `null` when nothing was stored. Throws a TypeError when the answer is of another type than the key.
 */
export function scoreQuestion(key: KeyQuestion, response: Response | null, options: ScoreOptions = {}): Score {
  if (key.type === 'description') return { state: 'not-marked', fraction: null, marks: null, feedbackHtml: [] }
  if (response === null || isEmptyResponse(response))
    return settle(key, { state: 'unanswered', fraction: zero, feedback: [] })
  if (response.type !== key.type)
    throw new TypeError(`question ${key.id}: a ${response.type} answer to a ${key.type} question`)
  if (key.type === 'essay') return { state: 'needs-marking', fraction: null, marks: null, feedbackHtml: [] }
  const raw = scoreByType(key, response)
  const lowest = options.negativeMarks ? negate(one) : zero
  return settle(key, toOutcome(clamp(raw.fraction, lowest, one), raw.feedback))
}

/** Nothing was answered: such an answer earns 0, never a negative mark, and counts as unanswered in every list. */
export function isEmptyResponse(response: Response): boolean {
  switch (response.type) {
    case 'single-choice':
      return response.choice === null
    case 'multiple-choice':
      return response.choices.length === 0
    case 'true-false':
      return response.value === null
    case 'short-answer':
    case 'numeric':
    case 'essay':
      return response.text.trim() === ''
    case 'matching':
      return Object.keys(response.pairs).length === 0
    case 'ordering':
      return response.order.length === 0
    case 'gap-fill':
      return Object.values(response.gaps).every((text) => text.trim() === '')
  }
}

/** Adds decimal marks exactly: `['1.3', '1.3', '1.3']` is `'3.9'`. Unmarked questions (`null`) count nothing. */
export function sumMarks(marks: readonly (string | null)[]): string {
  return toDecimal(sum(marks.map((text) => (text === null ? zero : parseDecimal(text)))), 5)
}

function scoreByType(key: KeyQuestion, response: Response): { fraction: Rational; feedback: string[] } {
  if (key.type === 'single-choice' && response.type === 'single-choice') return scoreChoice(key, response.choice)
  if (key.type === 'multiple-choice' && response.type === 'multiple-choice') return scoreChoices(key, response.choices)
  if (key.type === 'true-false' && response.type === 'true-false') return scoreTrueFalse(key, response.value)
  if (key.type === 'short-answer' && response.type === 'short-answer') return scoreText(key, response.text)
  if (key.type === 'numeric' && response.type === 'numeric') return scoreNumber(key, response.text, response.unit)
  if (key.type === 'matching' && response.type === 'matching') return scoreMatching(key, response.pairs)
  if (key.type === 'ordering' && response.type === 'ordering') return scoreOrdering(key, response.order)
  if (key.type === 'gap-fill' && response.type === 'gap-fill') return scoreGaps(key, response.gaps)
  throw new TypeError(`question ${key.id}: no rule marks a ${key.type} question`)
}

function toOutcome(fraction: Rational, feedback: string[]): Outcome {
  const state = compare(fraction, one) === 0 ? 'correct' : compare(fraction, zero) > 0 ? 'partial' : 'wrong'
  return { state, fraction, feedback }
}

function settle(key: KeyQuestion, outcome: Outcome): Score {
  return {
    state: outcome.state,
    fraction: toDecimal(outcome.fraction, 7),
    marks: toDecimal(multiply(outcome.fraction, parseDecimal(key.maxMarks)), 5),
    feedbackHtml: outcome.feedback.filter((html) => html !== ''),
  }
}
