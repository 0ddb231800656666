import type { RichText } from '@hourglass/questions/question'
import { readDecimal } from '../decimal'
import { maxAnswers } from '../limits'
import { Refusal } from '../report'
import { moodleText, richText } from '../texts'
import { findBare, unescapeGift } from './blocks'

export type Notation = 'moodle' | 'plain' | 'markdown' | 'html'

/** One answer of a block as it stands: `=%50%text#feedback`. Texts are still escaped. */
export type RawAnswer = { mark: '=' | '~'; weight: string | null; text: string; feedback: string }

/** Splits `{…}` without its braces at each bare `=` and `~`. What stands before the first is `lead`. */
export function splitAnswers(content: string): { lead: string; answers: RawAnswer[] } {
  const starts: number[] = []
  for (let at = findBare(content, '=~'); at >= 0; at = findBare(content, '=~', at + 1)) {
    starts.push(at)
    if (starts.length > maxAnswers) throw new Refusal(`The question has more than ${maxAnswers} answers.`)
  }
  const answers = starts.map((start, index) => readAnswer(content.slice(start, starts[index + 1])))
  return { lead: content.slice(0, starts[0] ?? content.length).trim(), answers }
}

function readAnswer(raw: string): RawAnswer {
  const mark = raw.startsWith('=') ? '=' : '~'
  const [, percent, rest = ''] = /^\s*(?:%([^%\n]{0,30})%)?([\s\S]*)$/.exec(raw.slice(1)) ?? []
  const { before, after } = splitAtHash(rest)
  return { mark, weight: percent === undefined ? null : readWeight(percent), text: before, feedback: after ?? '' }
}

/** Splits at the first bare `#`; `after` is null when there is none. */
export function splitAtHash(text: string): { before: string; after: string | null } {
  const at = findBare(text, '#')
  if (at < 0) return { before: text.trim(), after: null }
  return { before: text.slice(0, at).trim(), after: text.slice(at + 1).trim() }
}

function readWeight(percent: string): string {
  const weight = readDecimal(percent)
  if (weight === null || Math.abs(Number(weight)) > 100) {
    throw new Refusal(`“%${percent}%” is not a weight between -100 and 100 percent.`)
  }
  return weight
}

/** Takes `[html]` and its like off the front. */
export function takeNotation(raw: string, inherited: Notation): { notation: Notation; raw: string } {
  const [whole = '', name] = /^\s*\[(html|markdown|plain|moodle)\]/.exec(raw) ?? []
  switch (name) {
    case 'html':
    case 'markdown':
    case 'plain':
    case 'moodle':
      return { notation: name, raw: raw.slice(whole.length).trim() }
    default:
      return { notation: inherited, raw: raw.trim() }
  }
}

export function readGiftText(rawText: string, inherited: Notation): RichText {
  const { notation, raw } = takeNotation(rawText, inherited)
  return toRichText(raw, notation)
}

export function toRichText(raw: string, notation: Notation): RichText {
  const text = unescapeGift(raw.trim())
  return notation === 'moodle' ? moodleText(text) : richText(notation, text)
}
