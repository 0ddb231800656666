import type { Change, ChangeWord, Standing } from '@hourglass/quizzes/model'
import { formatDecimal, formatDuration } from '../../../lib/format'
import { t } from '../../../messages/quizzes'

const words: Record<ChangeWord, () => string> = {
  title: () => t('change.title'),
  introduction: () => t('change.introduction'),
  section: () => t('change.section'),
  shuffled: () => t('settings.shuffleQuestions'),
  draws: () => t('change.draws'),
  place: () => t('change.place'),
  'time limit': () => t('change.limit'),
  attempts: () => t('settings.attempts'),
  'grading method': () => t('settings.method'),
  layout: () => t('settings.layout'),
  'shuffled questions': () => t('settings.shuffleQuestions'),
  'shuffled options': () => t('settings.shuffleOptions'),
  certainty: () => t('settings.certainty'),
  'negative marks': () => t('settings.negativeMarks'),
  'review during': () => t('change.reviewDuring'),
  'review just after': () => t('change.reviewJustAfter'),
  'review while open': () => t('change.reviewWhileOpen'),
  'review after close': () => t('change.reviewAfterClose'),
  type: () => t('change.type'),
  text: () => t('change.text'),
  marks: () => t('change.marks'),
  explanation: () => t('question.explanation'),
  tags: () => t('change.tags'),
  option: () => t('change.option'),
  weight: () => t('change.weight'),
  feedback: () => t('change.feedback'),
  'options shuffled': () => t('settings.shuffleOptions'),
  'right answer': () => t('change.rightAnswer'),
  'feedback for true': () => t('change.feedbackTrue'),
  'feedback for false': () => t('change.feedbackFalse'),
  answer: () => t('change.answer'),
  'capitals matter': () => t('change.capitals'),
  units: () => t('change.units'),
  unit: () => t('unit.rule'),
  pair: () => t('change.pair'),
  match: () => t('change.match'),
  'wrong matches': () => t('change.wrongMatches'),
  item: () => t('change.item'),
  credit: () => t('ordering.credit'),
  gap: () => t('change.gap'),
  kind: () => t('gap.kind'),
  share: () => t('change.share'),
  template: () => t('change.template'),
  'most words': () => t('change.mostWords'),
  'notes for markers': () => t('essay.notes'),
}

type Part = { word: ChangeWord | null; text: string; rest: string }

/** "option 2, weight" in its parts: the word of each, and the number or id behind it. */
const partsOf = (what: string): Part[] =>
  what.split(', ').map((text) => {
    const known = Object.keys(words).filter((word) => text === word || text.startsWith(`${word} `))
    const word = known.toSorted((a, b) => b.length - a.length)[0]
    return { word: (word as ChangeWord | undefined) ?? null, text, rest: word ? text.slice(word.length).trim() : '' } // a key of `words`
  })

/** What changed, in the reader's words; a word that this page does not know stands as it came. */
export const changeName = ({ what }: Change): string =>
  partsOf(what)
    .map(({ word, text, rest }) => (word ? `${words[word]()} ${rest}`.trim() : text))
    .join(', ')

const reviewFields: Record<string, () => string> = {
  response: () => t('change.seen.response'),
  correctness: () => t('change.seen.correctness'),
  marks: () => t('change.seen.marks'),
  feedback: () => t('change.seen.feedback'),
  'right answer': () => t('change.seen.rightAnswer'),
  nothing: () => t('change.seen.nothing'),
}
const codes: Record<string, () => string> = {
  yes: () => t('change.yes'),
  no: () => t('change.no'),
  none: () => t('change.none'),
  'no limit': () => t('change.none'),
  true: () => t('truth.true'),
  false: () => t('truth.false'),
  'one question a page': () => t('settings.layout.one'),
  'all questions on one page': () => t('settings.layout.all'),
}

/** One side of a change: settings and rules in the reader's words, what an author wrote as they wrote it. */
export function changeValue({ what }: Change, value: string): string {
  const word = partsOf(what).at(-1)?.word
  const pick = <Key extends string>(keys: readonly Key[], say: (key: Key) => string) => {
    const key = keys.find((each) => each === value)
    return key ? say(key) : value
  }
  switch (word) {
    case 'type':
      return pick(types, (type) => t(`type.${type}`))
    case 'kind':
      return pick(['choice', 'short', 'numeric'], (kind) => t(`gap.kind.${kind}`))
    case 'unit':
      return pick(['none', 'optional', 'required'], (rule) => t(`unit.rule.${rule}`))
    case 'credit':
      return pick(['pairs', 'position', 'exact'], (credit) => t(`ordering.credit.${credit}`))
    case 'grading method':
      return pick(['highest', 'average', 'first', 'last'], (method) => t(`settings.method.${method}`))
    case 'time limit':
      return /^\d+ s$/.test(value) ? formatDuration(Number.parseInt(value, 10)) : t('change.none')
    case 'weight':
      return t('key.weight', { weight: formatDecimal(value.replace(/ %$/, '')) })
    case 'marks':
    case 'share':
      return formatDecimal(value)
    case 'review during':
    case 'review just after':
    case 'review while open':
    case 'review after close':
      return value
        .split(', ')
        .map((field) => reviewFields[field]?.() ?? field)
        .join(', ')
    case 'shuffled':
    case 'attempts':
    case 'layout':
    case 'shuffled questions':
    case 'shuffled options':
    case 'certainty':
    case 'negative marks':
    case 'options shuffled':
    case 'capitals matter':
    case 'right answer':
      return codes[value]?.() ?? value
    default:
      return value
  }
}

/** "Algebra, place 3", "Algebra, drawn by “hard”" */
export function standingWords({ section, sectionNumber, place, tag }: Standing): string {
  const name = section || t('section.name', { number: sectionNumber })
  return tag === null ? t('change.at', { section: name, place: place ?? 0 }) : t('change.drawn', { section: name, tag })
}

const types = [
  ...['single-choice', 'multiple-choice', 'true-false', 'short-answer', 'numeric'],
  ...['matching', 'ordering', 'gap-fill', 'essay', 'description'],
] as const
