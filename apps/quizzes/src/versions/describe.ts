import type { AcceptedNumber, AcceptedText, Choice, Gap, Question, RichText, Unit } from '@hourglass/questions/question'
import type { QuizSettings } from '../quizzes/model'

/** What a thing says, line by line, each under the words that name it; two of them can be compared. */
export type Description = Map<string, string>

export function describeQuestion(question: Question): Description {
  const { type, title, stem, maxMarks, explanation, tags } = question
  return describe([
    ['type', type],
    ['title', title],
    ['text', say(stem)],
    ['marks', maxMarks],
    ...answersOf(question),
    ['explanation', say(explanation)],
    ['tags', tags.join(', ')],
  ])
}

export function describeSettings(settings: QuizSettings): Description {
  const { reviewOptions } = settings
  const phases = Object.entries(reviewOptions).map(([phase, fields]): Line => {
    const shown = Object.entries(fields).flatMap(([field, isShown]) => (isShown ? [inWords(field)] : []))
    return [`review ${inWords(phase)}`, shown.join(', ') || 'nothing']
  })
  return describe([
    ['time limit', settings.limitSeconds === null ? 'none' : `${settings.limitSeconds} s`],
    ['attempts', settings.attemptsAllowed === null ? 'no limit' : String(settings.attemptsAllowed)],
    ['grading method', settings.gradingMethod],
    ['layout', settings.layout === 'one' ? 'one question a page' : 'all questions on one page'],
    ['shuffled questions', yesNo(settings.shuffleQuestions)],
    ['shuffled options', yesNo(settings.shuffleOptions)],
    ['certainty', yesNo(settings.certainty)],
    ['negative marks', yesNo(settings.negativeMarks)],
    ...phases,
  ])
}

type Line = [what: string, said: string]

/** Empty lines are left out, so that a thing which appears or goes has a `null` on the other side. */
const describe = (lines: readonly Line[]): Description => new Map(lines.filter(([, said]) => said !== ''))

export const say = ({ text }: RichText): string => text.trim()
const yesNo = (isSo: boolean): string => (isSo ? 'yes' : 'no')
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function answersOf(question: Question): Line[] {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return [...optionLines(question.choices), ['options shuffled', yesNo(question.shuffle)]]
    case 'true-false':
      return [
        ['right answer', question.answer ? 'true' : 'false'],
        ['feedback for true', say(question.feedbackTrue)],
        ['feedback for false', say(question.feedbackFalse)],
      ]
    case 'short-answer':
      return textLines(question)
    case 'numeric':
      return numberLines(question)
    case 'matching':
      return [
        ...question.pairs.flatMap(({ prompt, match }, index): Line[] => [
          [`pair ${index + 1}`, say(prompt)],
          [`pair ${index + 1}, match`, match],
        ]),
        ['wrong matches', question.distractors.join('; ')],
        ['options shuffled', yesNo(question.shuffle)],
      ]
    case 'ordering':
      return [
        ...question.items.map((item, index): Line => [`item ${index + 1}`, say(item)]),
        ['credit', question.credit],
      ]
    case 'gap-fill':
      return question.gaps.flatMap((gap) => gapLines(gap).map(([what, said]): Line => [`gap ${gap.id}, ${what}`, said]))
    case 'essay':
      return [
        ['template', question.template],
        ['most words', question.maxWords === null ? '' : String(question.maxWords)],
        ['notes for markers', say(question.markingNotes)],
      ]
    case 'description':
      return []
  }
}

function gapLines(gap: Gap): Line[] {
  const common: Line[] = [
    ['kind', gap.kind],
    ['share', gap.share],
  ]
  switch (gap.kind) {
    case 'choice':
      return [...common, ...optionLines(gap.choices), ['options shuffled', yesNo(gap.shuffle)]]
    case 'short':
      return [...common, ...textLines(gap)]
    case 'numeric':
      return [...common, ...numberLines(gap)]
  }
}

const optionLines = (choices: readonly Choice[]): Line[] =>
  choices.flatMap(({ text, weight, feedback }, index): Line[] => [
    [`option ${index + 1}`, say(text)],
    [`option ${index + 1}, weight`, `${weight} %`],
    [`option ${index + 1}, feedback`, say(feedback)],
  ])

const textLines = ({
  accepted,
  caseSensitive,
}: {
  accepted: readonly AcceptedText[]
  caseSensitive: boolean
}): Line[] => [
  ...accepted.flatMap(({ pattern, weight, feedback }, index): Line[] => [
    [`answer ${index + 1}`, pattern],
    [`answer ${index + 1}, weight`, `${weight} %`],
    [`answer ${index + 1}, feedback`, say(feedback)],
  ]),
  ['capitals matter', yesNo(caseSensitive)],
]

type NumberRules = { accepted: readonly AcceptedNumber[]; units: readonly Unit[]; unitRule: string }

const numberLines = ({ accepted, units, unitRule }: NumberRules): Line[] => [
  ...accepted.flatMap(({ match, weight, feedback }, index): Line[] => [
    [`answer ${index + 1}`, sayNumber(match)],
    [`answer ${index + 1}, weight`, `${weight} %`],
    [`answer ${index + 1}, feedback`, say(feedback)],
  ]),
  ['units', units.map(({ name, multiplier }) => `${name} (× ${multiplier})`).join(', ')],
  ['unit', unitRule],
]

function sayNumber(match: AcceptedNumber['match']): string {
  switch (match.kind) {
    case 'any':
      return 'any number'
    case 'range':
      return `${match.min} to ${match.max}`
    case 'absolute':
      return `${match.value} ± ${match.tolerance}`
    case 'relative':
      return `${match.value} ± ${match.tolerance} of it`
  }
}
