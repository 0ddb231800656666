import type { AcceptedNumber, Gap, RichText } from '@hourglass/questions/question'
import { readDecimal, trimZeros } from '../decimal'
import { Refusal } from '../report'
import { decodeCharacters, looksLikeHtml, richText } from '../texts'

const head = /\{(\d{0,4}):([A-Z_]{2,20}):/g

/** Turns each `{1:TYPE:…}` of Moodle's embedded answers into a gap that stands as `[[id]]` in the text. */
export function readCloze(source: RichText, losses: string[]): { stem: RichText; gaps: Gap[] } {
  const { text, format } = source
  if (text.length > 200_000) throw new Refusal('The text is longer than 200,000 characters.')
  const gaps: Gap[] = []
  let stem = ''
  let at = 0
  for (const match of text.matchAll(head)) {
    if (match.index < at) continue
    const bodyStart = match.index + match[0].length
    const end = findUnescaped(text, '}', bodyStart)
    if (end < 0) throw new Refusal(`The gap “${match[0]}” is not closed with }.`)
    const id = freeId(text, gaps.length)
    const share = match[1] === '' ? '1' : trimZeros(match[1] ?? '1')
    gaps.push(readGap(match[2] ?? '', { id, share }, text.slice(bodyStart, end), format, losses))
    stem += `${text.slice(at, match.index)}[[${id}]]`
    at = end + 1
  }
  if (gaps.length === 0) throw new Refusal('The text has no gap such as {1:SHORTANSWER:=answer}.')
  return { stem: richText(format, stem + text.slice(at)), gaps }
}

/** `[[g1]]` may already stand in the text as itself. */
const freeId = (text: string, index: number) =>
  text.includes(`[[g${index + 1}]]`) ? `gap-${index + 1}` : `g${index + 1}`

type Answer = { weight: string; text: string; feedback: RichText }

function readGap(
  type: string,
  base: { id: string; share: string },
  body: string,
  format: RichText['format'],
  losses: string[],
): Gap {
  const answers = splitUnescaped(body, '~').map((raw) => readAnswer(raw, format))
  if (answers.length === 0) throw new Refusal('A gap has no answers.')
  if (/^(SHORTANSWER|SA|MW)(_C|C)?$/.test(type)) {
    const toPattern = (text: string) => (format === 'html' ? decodeCharacters(text) : text)
    const accepted = answers.map(({ text, weight, feedback }) => ({ pattern: toPattern(text), weight, feedback }))
    return { kind: 'short', ...base, accepted, caseSensitive: /C$/.test(type) }
  }
  if (/^(NUMERICAL|NM)$/.test(type)) {
    const accepted = answers.map(({ text, weight, feedback }) => ({ match: readNumber(text), weight, feedback }))
    return { kind: 'numeric', ...base, accepted, units: [], unitRule: 'none' }
  }
  const layout = /^(?:MULTICHOICE_?|MC)([VH]?)(S?)$/.exec(type)
  if (!layout) throw new Refusal(`A gap of the kind ${type} (several ticks in one gap) is not supported.`)
  if (layout[1]) losses.push('The choices of a gap are shown as a menu, not as a list of buttons.')
  const choices = answers.map(({ text, weight, feedback }, index) => ({
    id: `c${index + 1}`,
    text: toRich(text, format),
    weight,
    feedback,
  }))
  return { kind: 'choice', ...base, choices, shuffle: layout[2] === 'S' }
}

function readAnswer(raw: string, format: RichText['format']): Answer {
  const [, mark = '', percent = '', rest = ''] = /^\s*(?:(=)|%([^%]{1,20})%)?([\s\S]*)$/.exec(raw) ?? []
  const weight = mark ? '100' : percent ? readDecimal(percent) : '0'
  if (weight === null || Math.abs(Number(weight)) > 100) throw new Refusal(`“%${percent}%” is not a weight of a gap.`)
  const hash = findUnescaped(rest, '#', 0)
  const [text, feedback] = hash < 0 ? [rest, ''] : [rest.slice(0, hash), rest.slice(hash + 1)]
  return {
    weight: trimZeros(weight),
    text: unescapeCloze(text).trim(),
    feedback: toRich(unescapeCloze(feedback).trim(), format),
  }
}

/** Texts inside a gap have no notation of their own: that of the stem, or plain where HTML would make no difference. */
const toRich = (text: string, format: RichText['format']) =>
  richText(format === 'html' && !looksLikeHtml(text) ? 'plain' : format, text)

function readNumber(text: string): AcceptedNumber['match'] {
  if (text === '*') return { kind: 'any' }
  const [value, tolerance] = [readDecimal(text.split(':')[0] ?? ''), readDecimal(text.split(':')[1] ?? '0')]
  if (value === null || tolerance === null) throw new Refusal(`“${text.slice(0, 60)}” is not a number (in a gap).`)
  return { kind: 'absolute', value, tolerance }
}

const unescapeCloze = (text: string) => text.replace(/\\([\\}~#="/])/g, '$1')

/** The other way round; a backslash is doubled only where it would otherwise be read as an escape. */
export const escapeCloze = (text: string): string =>
  text.replace(/\\(?=[\\}~#="/]|$)/g, '\\\\').replace(/[}~#]/g, '\\$&')

function findUnescaped(text: string, mark: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    // `&#125;` is a character reference, not the beginning of feedback.
    else if (text[at] === mark && !(mark === '#' && /^&#[x\d]/i.test(text.slice(at - 1, at + 2)))) return at
  }
  return -1
}

function splitUnescaped(text: string, mark: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let at = findUnescaped(text, mark, 0); at >= 0; at = findUnescaped(text, mark, start)) {
    parts.push(text.slice(start, at))
    start = at + 1
  }
  return [...parts, text.slice(start)].filter((part) => part.trim() !== '')
}
