import type { Gap, Question, RichText } from '@hourglass/questions/question'
import { readDecimal } from '../decimal'
import { looksLikeHtml } from '../texts'
import { Unwritable } from '../write-each'
import { escapeCloze, readCloze } from './cloze'
import { toTolerance } from './tolerance'

/** The stem with each `[[id]]` as an embedded answer: `{1:SHORTANSWER:=Rome~%50%Roma#almost}`. */
export function writeCloze(question: Extract<Question, { type: 'gap-fill' }>, losses: string[]): RichText {
  const { stem, gaps } = question
  const shares = toWholeShares(gaps, losses)
  const used = new Set<string>()
  const text = stem.text.replace(/\[\[([A-Za-z0-9_-]{1,40})\]\]/g, (whole, id: string) => {
    const index = gaps.findIndex((gap) => gap.id === id)
    const gap = gaps[index]
    if (!gap || used.has(id)) return whole
    used.add(id)
    return `{${shares[index]}:${writeGap(gap, stem.format, losses)}}`
  })
  if (used.size < gaps.length)
    losses.push(`${gaps.length - used.size} gap(s) that the text does not show are left out.`)
  if (used.size === 0) throw new Unwritable('its text shows none of its gaps.')
  if (readCloze({ format: stem.format, text }, []).gaps.length !== used.size) {
    throw new Unwritable('its text holds braces that Moodle would read as a gap.')
  }
  return { format: stem.format, text }
}

/** Moodle's weights are whole numbers; only their proportion counts. */
function toWholeShares(gaps: readonly Gap[], losses: string[]): string[] {
  const places = Math.max(0, ...gaps.map(({ share }) => share.split('.')[1]?.replace(/0+$/, '').length ?? 0))
  const whole = gaps.map(({ share }) => readDecimal(`${share}e${places}`)?.split('.')[0] ?? '')
  if (whole.some((share) => share === '' || share.length > 4 || share.startsWith('-'))) {
    throw new Unwritable('the shares of its gaps cannot be written as whole numbers.')
  }
  if (places > 0) losses.push('The shares of the gaps are written as whole numbers in the same proportion.')
  return whole
}

function writeGap(gap: Gap, format: RichText['format'], losses: string[]): string {
  switch (gap.kind) {
    case 'choice': {
      if (gap.choices.length === 0) throw new Unwritable('a gap has no choices.')
      const write = (text: RichText) => writeText(text, format, losses)
      const answers = gap.choices.map(({ text, weight, feedback }) => writeAnswer(write(text), weight, write(feedback)))
      return `MULTICHOICE${gap.shuffle ? '_S' : ''}:${answers.join('~')}`
    }
    case 'short': {
      if (gap.accepted.length === 0) throw new Unwritable('a gap has no accepted answers.')
      const toSource = (pattern: string) => (format === 'html' ? escapeHtml(pattern) : pattern)
      const answers = gap.accepted.map(({ pattern, weight, feedback }) => {
        if (pattern.trim() === '') throw new Unwritable('an accepted answer of a gap is empty.')
        return writeAnswer(toSource(pattern.trim()), weight, writeText(feedback, format, losses))
      })
      return `SHORTANSWER${gap.caseSensitive ? '_C' : ''}:${answers.join('~')}`
    }
    case 'numeric': {
      if (gap.accepted.length === 0) throw new Unwritable('a gap has no accepted numbers.')
      if (gap.units.length > 0 || gap.unitRule !== 'none') losses.push('The units of a gap are left out.')
      const answers = gap.accepted.map(({ match, weight, feedback }) => {
        const { value, tolerance } = toTolerance(match, losses)
        const number = value === '*' ? value : `${value}:${tolerance}`
        return writeAnswer(number, weight, writeText(feedback, format, losses))
      })
      return `NUMERICAL:${answers.join('~')}`
    }
  }
}

function writeAnswer(text: string, weight: string, feedback: string): string {
  const mark = readDecimal(weight) === '100' && !/^[=%]/.test(text) ? '=' : `%${weight}%`
  // A space keeps a closing `&` and the `#` of feedback from being read as a character reference.
  const apart = text.endsWith('&') ? ' ' : ''
  return `${mark}${escapeCloze(text)}${apart}${feedback ? `#${escapeCloze(feedback)}` : ''}`
}

/** A text inside a gap has the notation of the stem, or is plain where HTML would make no difference. */
function writeText(rich: RichText, format: RichText['format'], losses: string[]): string {
  const text = rich.text.trim()
  const readAs = format === 'html' && !looksLikeHtml(text) ? 'plain' : format
  if (text !== '' && rich.format !== readAs) losses.push(`A text in a gap becomes ${readAs}, as the text around it is.`)
  if (format === 'html' && rich.format === 'plain') return readAs === 'plain' ? text : escapeHtml(text)
  return text
}

const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
