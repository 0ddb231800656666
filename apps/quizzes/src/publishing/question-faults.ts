import { renderStem } from '@hourglass/formats/render'
import type { AcceptedNumber, AcceptedText, Choice, Gap, Question, Unit } from '@hourglass/questions/question'
import {
  compare,
  one,
  parseDecimal,
  type Rational,
  ratio,
  sum,
  toDecimal,
  weightToFraction,
  zero,
} from '@hourglass/scoring/rational'
import { isBlank, repeatedIn, visibleText } from './rich-text'

/** Why a question cannot be put before students: sentences for its author, none when it is sound. */
export function questionFaults(question: Question): string[] {
  return [...(isBlank(question.stem) ? ['The question text is empty.'] : []), ...answerFaults(question)]
}

function answerFaults(question: Question): string[] {
  switch (question.type) {
    case 'single-choice':
      return singleChoiceFaults(question.choices)
    case 'multiple-choice':
      return multipleChoiceFaults(question.choices)
    case 'short-answer':
      return textFaults(question.accepted)
    case 'numeric':
      return [...numberFaults(question.accepted), ...unitFaults(question.units, question.unitRule)]
    case 'matching':
      return matchingFaults(question)
    case 'ordering':
      return orderingFaults(question)
    case 'gap-fill':
      return gapFillFaults(question)
    case 'essay':
      return Number(question.maxMarks) === 0 ? ['An essay needs marks above 0, or nobody would mark it.'] : []
    case 'true-false':
    case 'description':
      return []
  }
}

const weigh = ({ weight }: { weight: string }): Rational => weightToFraction(weight)
const toPercent = (fraction: Rational): string =>
  `${toDecimal({ ...fraction, numerator: fraction.numerator * 100n }, 2)} %`

function singleChoiceFaults(choices: readonly Choice[]): string[] {
  return [...optionFaults(choices), ...bestFaults(choices.map(weigh), 'option')]
}

function multipleChoiceFaults(choices: readonly Choice[]): string[] {
  const right = choices.map(weigh).filter((weight) => compare(weight, zero) > 0)
  const total = sum(right)
  const faults = optionFaults(choices)
  if (right.length === 0) return [...faults, 'No option is right: give the right ones weights that add up to 100 %.']
  if (compare(total, one) === 0) return faults
  return [...faults, `The right options add up to ${toPercent(total)}; they must make 100 %.`]
}

function optionFaults(choices: readonly Choice[]): string[] {
  const faults = choices.length < 2 ? ['It needs at least two options.'] : []
  const empty = choices.flatMap(({ text }, index) => (isBlank(text) ? [index + 1] : []))
  for (const position of empty) faults.push(`Option ${position} is empty.`)
  const texts = choices.filter(({ text }) => !isBlank(text)).map(({ text }) => visibleText(text))
  for (const text of repeatedIn(texts)) faults.push(`Two options say the same: “${shorten(text)}”.`)
  for (const id of repeatedIn(choices.map((choice) => choice.id))) faults.push(`Two options have the id “${id}”.`)
  return faults
}

/** One answer must earn everything, and none can earn more (weights end at 100). */
function bestFaults(weights: readonly Rational[], noun: 'option' | 'answer'): string[] {
  const best = weights.reduce((a, b) => (compare(a, b) >= 0 ? a : b), ratio(-1))
  if (compare(best, one) === 0) return []
  if (compare(best, zero) <= 0) return [`It has no right ${noun}: give one 100 %.`]
  return [`The best ${noun} earns only ${toPercent(best)}; one must earn 100 %.`]
}

function textFaults(accepted: readonly AcceptedText[]): string[] {
  const faults = bestFaults(accepted.map(weigh), 'answer')
  for (const [index, { pattern }] of accepted.entries()) {
    if (pattern.trim() === '') faults.push(`Accepted answer ${index + 1} is empty.`)
  }
  for (const pattern of repeatedIn(accepted.map((text) => text.pattern.trim()).filter(Boolean))) {
    faults.push(`The answer “${shorten(pattern)}” is listed twice.`)
  }
  return faults
}

function numberFaults(accepted: readonly AcceptedNumber[]): string[] {
  const faults = bestFaults(accepted.map(weigh), 'answer')
  for (const [index, { match }] of accepted.entries()) {
    if ((match.kind === 'absolute' || match.kind === 'relative') && Number(match.tolerance) < 0) {
      faults.push(`The tolerance of answer ${index + 1} is negative.`)
    }
    if (match.kind === 'range' && compare(parseDecimal(match.min), parseDecimal(match.max)) > 0) {
      faults.push(`The range of answer ${index + 1} begins above its end.`)
    }
  }
  for (const _ of repeatedIn(accepted.map(({ match }) => JSON.stringify(match)))) {
    faults.push('The same number is listed twice.')
  }
  return faults
}

function unitFaults(units: readonly Unit[], unitRule: 'none' | 'optional' | 'required'): string[] {
  const faults = unitRule === 'required' && units.length === 0 ? ['It asks for a unit but knows none.'] : []
  for (const { name, multiplier } of units) {
    if (compare(parseDecimal(multiplier), zero) === 0) faults.push(`The unit “${name}” has the multiplier 0.`)
  }
  for (const name of repeatedIn(units.map((unit) => unit.name.trim())))
    faults.push(`The unit “${name}” is listed twice.`)
  return faults
}

function matchingFaults({ pairs, distractors }: Extract<Question, { type: 'matching' }>): string[] {
  const faults = pairs.length < 2 ? ['It needs at least two pairs.'] : []
  for (const [index, { prompt, match }] of pairs.entries()) {
    if (isBlank(prompt)) faults.push(`Pair ${index + 1} has nothing to match.`)
    if (match.trim() === '') faults.push(`Pair ${index + 1} has no match.`)
  }
  const prompts = pairs.map(({ prompt }) => visibleText(prompt)).filter(Boolean)
  for (const text of repeatedIn(prompts)) faults.push(`“${shorten(text)}” is to be matched twice.`)
  const matches = new Set(pairs.map(({ match }) => match.trim()))
  for (const text of distractors.map((distractor) => distractor.trim())) {
    if (matches.has(text)) faults.push(`The wrong match “${shorten(text)}” is also a right one.`)
  }
  return faults
}

function orderingFaults({ items }: Extract<Question, { type: 'ordering' }>): string[] {
  const faults = items.length < 2 ? ['It needs at least two items to order.'] : []
  for (const [index, item] of items.entries()) if (isBlank(item)) faults.push(`Item ${index + 1} is empty.`)
  for (const text of repeatedIn(items.map(visibleText).filter(Boolean))) {
    faults.push(`Two items say the same, so their order cannot be marked: “${shorten(text)}”.`)
  }
  return faults
}

function gapFillFaults({ stem, gaps }: Extract<Question, { type: 'gap-fill' }>): string[] {
  const faults = gaps.length === 0 ? ['It has no gaps.'] : []
  const inText = [...stem.text.matchAll(/\[\[([A-Za-z0-9_-]{1,40})\]\]/g)].map(([, id = '']) => id)
  const listed = gaps.map((gap) => gap.id)
  for (const id of new Set(inText)) {
    if (!listed.includes(id)) faults.push(`The text has the gap [[${id}]], but the list of gaps does not.`)
  }
  for (const id of new Set(listed)) {
    if (!inText.includes(id)) faults.push(`The gap “${id}” is in the list, but [[${id}]] is not in the text.`)
  }
  const html = renderStem(stem, listed)
  for (const id of new Set(listed.filter((gapId) => inText.includes(gapId)))) {
    const isShown = html.includes(`data-gap="${id}"`)
    if (!isShown) faults.push(`The gap [[${id}]] stands where it cannot be shown, such as inside a tag.`)
  }
  for (const id of repeatedIn(inText)) faults.push(`The gap [[${id}]] is in the text twice.`)
  for (const id of repeatedIn(listed)) faults.push(`Two gaps have the id “${id}”.`)
  if (gaps.some(({ share }) => Number(share) < 0)) faults.push('A gap has a negative share of the marks.')
  const total = sum(gaps.map(({ share }) => parseDecimal(share)))
  if (gaps.length > 0 && compare(total, zero) <= 0) faults.push('The gaps have no share of the marks.')
  return [...faults, ...gaps.flatMap((gap) => gapFaults(gap).map((message) => `Gap “${gap.id}”: ${message}`))]
}

function gapFaults(gap: Gap): string[] {
  switch (gap.kind) {
    case 'choice':
      return singleChoiceFaults(gap.choices)
    case 'short':
      return textFaults(gap.accepted)
    case 'numeric':
      return [...numberFaults(gap.accepted), ...unitFaults(gap.units, gap.unitRule)]
  }
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text)
