import { type AcceptedNumber, emptyText, type Question } from '@hourglass/questions/question'
import { readDecimal } from '../decimal'
import { Refusal } from '../report'
import { htmlToText, looksLikeHtml } from '../texts'
import { type Notation, type RawAnswer, readGiftText, splitAnswers, splitAtHash, takeNotation } from './answers'
import { unescapeGift } from './blocks'

type Common = Pick<Question, 'id' | 'title' | 'stem' | 'maxMarks' | 'explanation' | 'tags'>

/** Reads what stood between the braces, without the general feedback, and so decides the type. */
export function readAnswerBlock(content: string, notation: Notation, common: Common, losses: string[]): Question {
  if (content === '') return readEssay(common)
  if (content.startsWith('#')) return readNumeric(content.slice(1), notation, common)
  const truth = readTruth(content, notation, common)
  if (truth) return truth
  const { lead, answers } = splitAnswers(content)
  const [first] = answers
  if (!first) return readShortAnswer([{ mark: '=', weight: null, ...bare(content) }], notation, common)
  if (lead) losses.push(`The text “${lead.slice(0, 60)}” before the first answer is left out.`)
  if (answers.some(({ mark }) => mark === '~')) return readChoices(answers, notation, common)
  const arrows = answers.filter(({ text }) => text.includes('->')).length
  if (arrows === 0) return readShortAnswer(answers, notation, common)
  if (arrows < answers.length) throw new Refusal('Some answers are matching pairs with “->” and some are not.')
  return readMatching(answers, notation, common, losses)
}

const bare = (content: string) => {
  const { before, after } = splitAtHash(content)
  return { text: before, feedback: after ?? '' }
}

const readEssay = (common: Common): Question => ({
  type: 'essay',
  ...common,
  template: '',
  maxWords: null,
  markingNotes: emptyText,
})

/** `{T#for a wrong answer#for a right answer}`, as Moodle reads it. */
function readTruth(content: string, notation: Notation, common: Common): Question | null {
  const { before, after } = splitAtHash(content)
  if (!/^(T|F|TRUE|FALSE|true|false|True|False)$/.test(before)) return null
  const answer = before.toUpperCase().startsWith('T')
  const { before: wrong, after: right } = splitAtHash(after ?? '')
  const [wrongText, rightText] = [readGiftText(wrong, notation), readGiftText(right ?? '', notation)]
  const feedbackTrue = answer ? rightText : wrongText
  return { type: 'true-false', ...common, answer, feedbackTrue, feedbackFalse: answer ? wrongText : rightText }
}

/** With a `=` one choice is to be picked; without any, several may be ticked. */
function readChoices(answers: readonly RawAnswer[], notation: Notation, common: Common): Question {
  const type = answers.some(({ mark }) => mark === '=') ? 'single-choice' : 'multiple-choice'
  const choices = answers.map((answer, index) => ({
    id: `c${index + 1}`,
    text: readGiftText(answer.text, notation),
    weight: answer.weight ?? (answer.mark === '=' ? '100' : '0'),
    feedback: readGiftText(answer.feedback, notation),
  }))
  return { type, ...common, choices, shuffle: true }
}

function readShortAnswer(answers: readonly RawAnswer[], notation: Notation, common: Common): Question {
  const accepted = answers.map((answer) => ({
    pattern: unescapeGift(takeNotation(answer.text, notation).raw),
    weight: answer.weight ?? '100',
    feedback: readGiftText(answer.feedback, notation),
  }))
  if (accepted.some(({ pattern }) => pattern === '')) throw new Refusal('One of the accepted answers is empty.')
  return { type: 'short-answer', ...common, accepted, caseSensitive: false }
}

function readMatching(answers: readonly RawAnswer[], notation: Notation, common: Common, losses: string[]): Question {
  const rows = answers.map(({ text, feedback }) => {
    if (feedback) losses.push('The feedback of a matching pair is left out.')
    const arrow = text.indexOf('->')
    const prompt = readGiftText(text.slice(0, arrow), notation)
    const own = takeNotation(text.slice(arrow + 2), notation)
    const match = unescapeGift(own.raw)
    if (match === '') throw new Refusal('A matching pair has nothing after its “->”.')
    return { prompt, match: plainMatch(match, own.notation, losses) }
  })
  if (answers.some(({ weight }) => weight !== null)) losses.push('The weights of matching pairs are left out.')
  return {
    type: 'matching',
    ...common,
    pairs: rows.filter(({ prompt }) => prompt.text !== ''),
    distractors: rows.filter(({ prompt }) => prompt.text === '').map(({ match }) => match),
    shuffle: true,
  }
}

function plainMatch(match: string, notation: Notation, losses: string[]): string {
  if (notation === 'plain' || notation === 'markdown' || !looksLikeHtml(match)) return match
  losses.push(`The markup of the match “${htmlToText(match).slice(0, 60)}” is left out.`)
  return htmlToText(match) || match
}

function readNumeric(content: string, notation: Notation, common: Common): Question {
  const { lead, answers } = splitAnswers(content)
  const rows = lead ? [{ mark: '=' as const, weight: null, ...bare(lead) }, ...answers] : answers
  if (rows.length === 0) throw new Refusal('The numerical question has no number.')
  const accepted = rows.map(
    (row): AcceptedNumber => ({
      match: row.mark === '~' && row.text === '' ? { kind: 'any' } : readNumber(row.text),
      weight: row.weight ?? (row.mark === '=' ? '100' : '0'),
      feedback: readGiftText(row.feedback, notation),
    }),
  )
  return { type: 'numeric', ...common, accepted, units: [], unitRule: 'none' }
}

/** `5`, `5:0.1`, `4.9..5.1` or `*`. */
function readNumber(raw: string): AcceptedNumber['match'] {
  const text = unescapeGift(raw).trim()
  if (text === '*') return { kind: 'any' }
  const [low = '', high] = text.split('..')
  if (high !== undefined) return { kind: 'range', ...orderBounds(decimal(low), decimal(high)) }
  const [value = '', tolerance = '0'] = text.split(':')
  return { kind: 'absolute', value: decimal(value), tolerance: decimal(tolerance) }
}

const orderBounds = (a: string, b: string) => (Number(a) <= Number(b) ? { min: a, max: b } : { min: b, max: a })

function decimal(text: string): string {
  const value = readDecimal(text)
  if (value === null) throw new Refusal(`“${text.trim().slice(0, 60)}” is not a number that can be read.`)
  return value
}
