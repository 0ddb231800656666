import type { AcceptedNumber, Choice, Question, RichText } from '@hourglass/questions/question'
import { cleanText } from '../clean'
import { multiplySizes, readDecimal } from '../decimal'
import { looksLikeHtml } from '../texts'
import { type Exported, Unwritable, writeEach } from '../write-each'
import type { Notation } from './answers'
import { escapeGift } from './blocks'

/** Writes questions as GIFT. What it cannot carry is named by question; a question that it cannot hold is left out. */
export function exportGift(questions: readonly Question[]): Exported {
  const { parts, losses } = writeEach(questions, writeQuestion)
  return { text: parts.map((part) => `${part}\n`).join('\n'), losses }
}

/** Texts without a notation of their own have that of the stem. */
type Out = { losses: string[]; inherited: Notation }

function writeQuestion(question: Question, losses: string[]): string {
  const { title, stem, maxMarks, tags } = question
  if (readDecimal(maxMarks) !== '1') losses.push(`GIFT carries no marks: ${maxMarks} becomes 1.`)
  if (/(?:image:|\/api\/images\/)[0-9a-f]{64}/.test(JSON.stringify(question))) losses.push('GIFT carries no pictures.')
  const tagLine =
    tags.length > 0 ? `// ${tags.map((tag) => writeTag(tag, { losses, inherited: 'moodle' })).join(' ')}\n` : ''
  const titleText = cleanText(title, losses).replace(/\s+/g, ' ')
  const text = writeText(stem, { losses, inherited: 'moodle' })
  const inherited = text.startsWith(`[${stem.format}]`) ? stem.format : 'moodle'
  const body = writeBody(question, { losses, inherited })
  return `${tagLine}${titleText ? `::${escapeGift(titleText)}::` : ''}${text}${body}`
}

function writeTag(tag: string, out: Out): string {
  const clean = cleanText(tag, out.losses).replace(/\s+/g, ' ')
  return `[tag:${clean.replace(/[\]\\]/g, '\\$&')}]`
}

/** The notation is written wherever the text would otherwise be read in another, or its beginning as something else. */
function writeText({ format, text }: RichText, out: Out): string {
  const clean = cleanText(text, out.losses)
  if (clean === '') return ''
  const isPlain = out.inherited === 'moodle' && format === 'plain' && !looksLikeHtml(clean)
  const isSafe = (isPlain || format === out.inherited) && !/^(\[|\/\/|::|\$CATEGORY)/.test(clean)
  return `${isSafe ? '' : `[${format}]`}${escapeGift(clean)}`
}

function writeBody(question: Question, out: Out): string {
  const explanation = writeText(question.explanation, out)
  const general = explanation ? `####${explanation}` : ''
  const wrap = (lines: readonly string[]) => ` {\n${[...lines, general].filter(Boolean).join('\n')}\n}`
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      nameOrder(question.shuffle, out)
      return wrap(writeChoices(question.choices, question.type === 'single-choice', out))
    case 'true-false':
      return ` {${writeTruth(question, out)}${general}}`
    case 'short-answer':
      if (question.caseSensitive)
        out.losses.push('GIFT does not tell capitals apart: answers no longer have to match case.')
      if (question.accepted.length === 0) throw new Unwritable('it has no accepted answers.')
      return wrap(question.accepted.map((accepted) => `=${writeAccepted(accepted, out)}`))
    case 'numeric':
      return ` {#\n${writeNumbers(question, out).join('\n')}\n${general}}`
    case 'matching':
      nameOrder(question.shuffle, out)
      return wrap(writePairs(question, out))
    case 'essay':
      if (question.template) out.losses.push('GIFT carries no response template.')
      if (question.maxWords !== null) out.losses.push('GIFT carries no limit of words.')
      if (question.markingNotes.text) out.losses.push('GIFT carries no marking notes.')
      return ` {${general}}`
    case 'description':
      if (explanation) out.losses.push('GIFT carries no general feedback for a description.')
      return ''
    case 'ordering':
    case 'gap-fill':
      throw new Unwritable(`GIFT has no questions of the type ${question.type}.`)
  }
}

function nameOrder(shuffle: boolean, out: Out): void {
  if (!shuffle) out.losses.push('GIFT carries no fixed order: the options will be shuffled.')
}

const writeFeedback = (feedback: RichText, out: Out) => {
  const text = writeText(feedback, out)
  return text ? `#${text}` : ''
}

/** `100` is the weight of `=` and `0` that of `~`; every other is written, and one that the text would be mistaken for. */
function writeWeight(weight: string, usual: string, text: string): string {
  return readDecimal(weight) === usual && !text.startsWith('%') ? '' : `%${weight}%`
}

/** A `=` says that one choice is to be picked: the best choice gets it, whatever its weight. */
function writeChoices(choices: readonly Choice[], isSingle: boolean, out: Out): string[] {
  if (choices.length === 0) throw new Unwritable('it has no choices.')
  const best = Math.max(...choices.map(({ weight }) => Number(weight)))
  const isOneForAll = choices.every(({ weight }) => Number(weight) === best)
  if (isSingle && choices.length === 1) throw new Unwritable('GIFT reads a choice of one as a short answer.')
  return choices.map(({ weight, text, feedback }, index) => {
    // Without any `~` the choices would be read as accepted short answers.
    const mark = isSingle && Number(weight) === best && (!isOneForAll || index === 0) ? '=' : '~'
    const written = writeText(text, out)
    return `${mark}${writeWeight(weight, mark === '=' ? '100' : '0', written)}${written}${writeFeedback(feedback, out)}`
  })
}

function writeTruth(question: Extract<Question, { type: 'true-false' }>, out: Out): string {
  const { answer, feedbackTrue, feedbackFalse } = question
  const wrong = writeText(answer ? feedbackFalse : feedbackTrue, out)
  const right = writeText(answer ? feedbackTrue : feedbackFalse, out)
  return `${answer ? 'TRUE' : 'FALSE'}${wrong || right ? `#${wrong}` : ''}${right ? `#${right}` : ''}`
}

type Accepted = { pattern: string; weight: string; feedback: RichText }

function writeAccepted({ pattern, weight, feedback }: Accepted, out: Out): string {
  if (pattern.includes('->'))
    throw new Unwritable('an accepted answer holds “->”, which GIFT reads as a matching pair.')
  const clean = cleanText(pattern, out.losses)
  if (clean === '') throw new Unwritable('an accepted answer is empty.')
  const text = `${clean.startsWith('[') ? '[plain]' : ''}${escapeGift(clean)}`
  return `${writeWeight(weight, '100', text)}${text}${writeFeedback(feedback, out)}`
}

function writePairs(question: Extract<Question, { type: 'matching' }>, out: Out): string[] {
  if (question.pairs.length === 0) throw new Unwritable('it has no pairs.')
  const writeMatch = (match: string) => {
    const clean = cleanText(match, out.losses)
    if (clean === '') throw new Unwritable('a match is empty.')
    return `${clean.startsWith('[') || looksLikeHtml(clean) ? '[plain]' : ''}${escapeGift(clean)}`
  }
  const pairs = question.pairs.map(({ prompt, match }) => {
    const text = writeText(prompt, out)
    if (text === '' || text.includes('->')) throw new Unwritable('a prompt is empty or holds “->”.')
    return `=${text.startsWith('%') ? `[${prompt.format}]` : ''}${text} -> ${writeMatch(match)}`
  })
  return [...pairs, ...question.distractors.map((match) => `= -> ${writeMatch(match)}`)]
}

function writeNumbers(question: Extract<Question, { type: 'numeric' }>, out: Out): string[] {
  if (question.accepted.length === 0) throw new Unwritable('it has no accepted numbers.')
  if (question.units.length > 0 || question.unitRule !== 'none') out.losses.push('GIFT carries no units.')
  return question.accepted.map(
    ({ match, weight, feedback }) =>
      `=${writeWeight(weight, '100', '')}${writeNumber(match, out)}${writeFeedback(feedback, out)}`,
  )
}

function writeNumber(match: AcceptedNumber['match'], out: Out): string {
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
      out.losses.push('A relative tolerance is written as an absolute one of the same size.')
      return `${match.value}:${size}`
    }
  }
}
