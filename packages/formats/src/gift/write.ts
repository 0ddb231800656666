import type { AcceptedNumber, Choice, Question, RichText } from '@hourglass/questions/question'
import { cleanText } from '../clean'
import { multiplySizes, readDecimal } from '../decimal'
import { looksLikeHtml } from '../texts'
import { type Exported, Unwritable, writeEach } from '../write-each'
import { escapeGift } from './blocks'

/** Writes questions as GIFT. What it cannot carry is named by question; a question that it cannot hold is left out. */
export function exportGift(questions: readonly Question[]): Exported {
  const { parts, losses } = writeEach(questions, writeQuestion)
  return { text: parts.map((part) => `${part}\n`).join('\n'), losses }
}

function writeQuestion(question: Question, losses: string[]): string {
  const { title, stem, maxMarks, tags } = question
  if (readDecimal(maxMarks) !== '1') losses.push(`GIFT carries no marks: ${maxMarks} becomes 1.`)
  if (/(?:image:|\/api\/images\/)[0-9a-f]{64}/.test(JSON.stringify(question))) losses.push('GIFT carries no pictures.')
  const tagLine = tags.length > 0 ? `// ${tags.map((tag) => writeTag(tag, losses)).join(' ')}\n` : ''
  const titleText = cleanText(title, losses).replace(/\s+/g, ' ')
  const body = writeBody(question, losses)
  return `${tagLine}${titleText ? `::${escapeGift(titleText)}::` : ''}${writeText(stem, losses)}${body}`
}

function writeTag(tag: string, losses: string[]): string {
  const clean = cleanText(tag, losses).replace(/\s+/g, ' ')
  return `[tag:${clean.replace(/[\]\\]/g, '\\$&')}]`
}

/** The notation is always written when it is not plain, and for plain text that would be read as HTML or as a notation. */
function writeText({ format, text }: RichText, losses: string[]): string {
  const clean = cleanText(text, losses)
  if (clean === '') return ''
  const isSafe = format === 'plain' && !looksLikeHtml(clean) && !/^(\[|\/\/|::|\$CATEGORY)/.test(clean)
  return `${isSafe ? '' : `[${format}]`}${escapeGift(clean)}`
}

function writeBody(question: Question, losses: string[]): string {
  const explanation = writeText(question.explanation, losses)
  const general = explanation ? `####${explanation}` : ''
  const wrap = (lines: readonly string[]) => ` {\n${[...lines, general].filter(Boolean).join('\n')}\n}`
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      nameOrder(question.shuffle, losses)
      return wrap(writeChoices(question.choices, question.type === 'single-choice', losses))
    case 'true-false':
      return ` {${writeTruth(question, losses)}${general}}`
    case 'short-answer':
      if (question.caseSensitive)
        losses.push('GIFT does not tell capitals apart: answers no longer have to match case.')
      if (question.accepted.length === 0) throw new Unwritable('it has no accepted answers.')
      return wrap(question.accepted.map((accepted) => `=${writeAccepted(accepted, losses)}`))
    case 'numeric':
      return ` {#\n${writeNumbers(question, losses).join('\n')}\n${general}}`
    case 'matching':
      nameOrder(question.shuffle, losses)
      return wrap(writePairs(question, losses))
    case 'essay':
      if (question.template) losses.push('GIFT carries no response template.')
      if (question.maxWords !== null) losses.push('GIFT carries no limit of words.')
      if (question.markingNotes.text) losses.push('GIFT carries no marking notes.')
      return ` {${general}}`
    case 'description':
      if (explanation) losses.push('GIFT carries no general feedback for a description.')
      return ''
    case 'ordering':
    case 'gap-fill':
      throw new Unwritable(`GIFT has no questions of the type ${question.type}.`)
  }
}

function nameOrder(shuffle: boolean, losses: string[]): void {
  if (!shuffle) losses.push('GIFT carries no fixed order: the options will be shuffled.')
}

const writeFeedback = (feedback: RichText, losses: string[]) => {
  const text = writeText(feedback, losses)
  return text ? `#${text}` : ''
}

/** `100` is the weight of `=` and `0` that of `~`; every other is written, and one that the text would be mistaken for. */
function writeWeight(weight: string, usual: string, text: string): string {
  return readDecimal(weight) === usual && !text.startsWith('%') ? '' : `%${weight}%`
}

/** A `=` says that one choice is to be picked: the best choice gets it, whatever its weight. */
function writeChoices(choices: readonly Choice[], isSingle: boolean, losses: string[]): string[] {
  if (choices.length === 0) throw new Unwritable('it has no choices.')
  const best = Math.max(...choices.map(({ weight }) => Number(weight)))
  return choices.map(({ weight, text, feedback }) => {
    const mark = isSingle && Number(weight) === best ? '=' : '~'
    const written = writeText(text, losses)
    return `${mark}${writeWeight(weight, mark === '=' ? '100' : '0', written)}${written}${writeFeedback(feedback, losses)}`
  })
}

function writeTruth(question: Extract<Question, { type: 'true-false' }>, losses: string[]): string {
  const { answer, feedbackTrue, feedbackFalse } = question
  const wrong = writeText(answer ? feedbackFalse : feedbackTrue, losses)
  const right = writeText(answer ? feedbackTrue : feedbackFalse, losses)
  return `${answer ? 'TRUE' : 'FALSE'}${wrong || right ? `#${wrong}` : ''}${right ? `#${right}` : ''}`
}

type Accepted = { pattern: string; weight: string; feedback: RichText }

function writeAccepted({ pattern, weight, feedback }: Accepted, losses: string[]): string {
  if (pattern.includes('->'))
    throw new Unwritable('an accepted answer holds “->”, which GIFT reads as a matching pair.')
  const clean = cleanText(pattern, losses)
  if (clean === '') throw new Unwritable('an accepted answer is empty.')
  const text = `${clean.startsWith('[') ? '[plain]' : ''}${escapeGift(clean)}`
  return `${writeWeight(weight, '100', text)}${text}${writeFeedback(feedback, losses)}`
}

function writePairs(question: Extract<Question, { type: 'matching' }>, losses: string[]): string[] {
  if (question.pairs.length === 0) throw new Unwritable('it has no pairs.')
  const writeMatch = (match: string) => {
    const clean = cleanText(match, losses)
    if (clean === '') throw new Unwritable('a match is empty.')
    return `${clean.startsWith('[') || looksLikeHtml(clean) ? '[plain]' : ''}${escapeGift(clean)}`
  }
  const pairs = question.pairs.map(({ prompt, match }) => {
    const text = writeText(prompt, losses)
    if (text === '' || text.includes('->')) throw new Unwritable('a prompt is empty or holds “->”.')
    return `=${text.startsWith('%') ? '[plain]' : ''}${text} -> ${writeMatch(match)}`
  })
  return [...pairs, ...question.distractors.map((match) => `= -> ${writeMatch(match)}`)]
}

function writeNumbers(question: Extract<Question, { type: 'numeric' }>, losses: string[]): string[] {
  if (question.accepted.length === 0) throw new Unwritable('it has no accepted numbers.')
  if (question.units.length > 0 || question.unitRule !== 'none') losses.push('GIFT carries no units.')
  return question.accepted.map(
    ({ match, weight, feedback }) =>
      `=${writeWeight(weight, '100', '')}${writeNumber(match, losses)}${writeFeedback(feedback, losses)}`,
  )
}

function writeNumber(match: AcceptedNumber['match'], losses: string[]): string {
  switch (match.kind) {
    case 'any':
      return '*'
    case 'range':
      return `${match.min}..${match.max}`
    case 'absolute':
      return `${match.value}:${match.tolerance}`
    case 'relative': {
      const size = readDecimal(multiplySizes(match.value, match.tolerance))
      if (size === null) throw new Unwritable('a relative tolerance has more digits than can be written.')
      losses.push('A relative tolerance is written as an absolute one of the same size.')
      return `${match.value}:${size}`
    }
  }
}
