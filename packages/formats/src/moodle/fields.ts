import type { Question, RichText } from '@hourglass/questions/question'
import { readDecimal, trimZeros } from '../decimal'
import { Refusal } from '../report'
import { htmlToText, moodleText, richText } from '../texts'
import type { Element } from '../xml/reader'
import type { Pictures } from './pictures'

export type Common = Pick<Question, 'id' | 'title' | 'stem' | 'maxMarks' | 'explanation' | 'tags'>

/** What the readers of all question types share. */
export type Source = { element: Element; common: Common; losses: string[]; pictures: Pictures }

export const childOf = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name)
export const childrenOf = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name)

/** The text of `<name><text>…</text></name>` or `<name>…</name>`, trimmed as Moodle does; empty when there is none. */
export function textOf(element: Element | undefined, name?: string): string {
  const holder = name === undefined ? element : element && childOf(element, name)
  if (!holder) return ''
  return (childOf(holder, 'text') ?? holder).text.trim()
}

/** A text with its notation and its pictures; `inherited` is the notation where the file names none. */
export function richOf(
  holder: Element | undefined,
  { losses, pictures }: Pick<Source, 'losses' | 'pictures'>,
  inherited = 'moodle_auto_format',
): RichText {
  if (!holder) return richText('plain', '')
  const text = pictures.resolve(textOf(holder), childrenOf(holder, 'file'), losses)
  switch (holder.attributes.format ?? inherited) {
    case 'html':
      return richText('html', text)
    case 'markdown':
      return richText('markdown', text)
    case 'plain_text':
      return richText('plain', text)
    default:
      return moodleText(text)
  }
}

/** Text for a place that holds no markup; tags that it had are a loss. */
export function plainOf(holder: Element | undefined, what: string, { losses, pictures }: Source): string {
  const { format, text } = richOf(holder, { losses, pictures })
  if (format !== 'html') return text
  const plain = htmlToText(text)
  if (/<(?!\/?(?:p|br|div|span)\b)[a-z]/i.test(text))
    losses.push(`The markup of ${what} “${plain.slice(0, 60)}” is left out.`)
  return plain
}

export const flagOf = (element: Element, name: string): boolean => /^(1|true)$/i.test(textOf(element, name))

export function decimalOf(text: string, what: string): string {
  const value = readDecimal(text)
  if (value === null) throw new Refusal(`“${text.slice(0, 60)}” is not a number that can be read (${what}).`)
  return trimZeros(value)
}

/** The `fraction` of an answer: percent, −100 to 100. */
export function weightOf(answer: Element): string {
  const weight = decimalOf(answer.attributes.fraction ?? '0', 'the share of an answer')
  if (Math.abs(Number(weight)) > 100) throw new Refusal(`An answer is worth ${weight} percent: more than 100.`)
  return weight
}
