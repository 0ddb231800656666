import { emptyText, type Question, type RichText } from '@hourglass/questions/question'
import { Collector, type Parsed, Refusal } from '../report'
import { cutTitle, keepTags, titleFrom } from '../texts'
import { readGiftText, takeNotation, toRichText } from './answers'
import { type Block, cutBlocks, findBare, unescapeGift } from './blocks'
import { readAnswerBlock } from './types'

/**
 * Reads GIFT as Moodle does (`question/format/gift/format.php`). A question that cannot be read is refused by itself.
 * `[id:…]` is named as a loss, `[tag:…]` and `$CATEGORY` become tags.
 */
export function parseGift(text: string): Parsed {
  const collector = new Collector()
  for (const block of cutBlocks(text)) {
    const { title, rest, isUnclosed } = takeTitle(block.text)
    collector.add(block.line, title || titleFrom(unescapeGift(rest)), (losses) => {
      if (isUnclosed) losses.push('The title is not closed with “::”, so it is read as the beginning of the text.')
      return readQuestion(block, title, rest, losses)
    })
  }
  return { questions: collector.questions, images: [] }
}

function takeTitle(text: string): { title: string; rest: string; isUnclosed: boolean } {
  const start = text.trimStart()
  if (!start.startsWith('::')) return { title: '', rest: start, isUnclosed: false }
  for (let at = findBare(start, ':', 2); at >= 0; at = findBare(start, ':', at + 1)) {
    if (start[at + 1] !== ':') continue
    const title = unescapeGift(start.slice(2, at)).replace(/\s+/g, ' ').trim()
    return { title, rest: start.slice(at + 2), isUnclosed: false }
  }
  return { title: '', rest: start.slice(2), isUnclosed: true }
}

function readQuestion(block: Block, title: string, rest: string, losses: string[]): Question {
  const { notation, raw } = takeNotation(rest, 'moodle')
  const { stem: rawStem, content } = takeContent(raw)
  const stem = toRichText(rawStem, notation)
  if (block.idNumber) losses.push(`The id number “${block.idNumber}” is not kept.`)
  namePictures(stem, losses)
  const common = {
    id: Bun.randomUUIDv7(),
    title: cutTitle(title || titleFrom(stem.text), losses),
    stem,
    maxMarks: '1',
    explanation: emptyText,
    tags: keepTags([block.category, ...block.tags], losses),
  }
  if (content === null) return { type: 'description', ...common }
  const { answers, explanation } = takeExplanation(content)
  const withExplanation = { ...common, explanation: readGiftText(explanation, notation) }
  namePictures(withExplanation.explanation, losses)
  return readAnswerBlock(answers, notation, withExplanation, losses)
}

/** The text with a blank where the answers stood, if they did not stand at its end; `content` is null for a description. */
function takeContent(raw: string): { stem: string; content: string | null } {
  const open = findBare(raw, '{}')
  if (open < 0) return { stem: raw, content: null }
  if (raw[open] === '}') throw new Refusal('A } stands without its {. Write \\} for a brace that belongs to the text.')
  const close = findBare(raw, '{}', open + 1)
  if (close < 0) throw new Refusal('The answers begin with { but no } ends them.')
  if (raw[close] === '{') {
    throw new Refusal('A second { stands inside the answers. Write \\{ for a brace that belongs to the text.')
  }
  if (findBare(raw, '{}', close + 1) >= 0) {
    throw new Refusal('There is more than one { } block. Write \\{ and \\} for braces that belong to the text.')
  }
  const [before, after] = [raw.slice(0, open), raw.slice(close + 1).trim()]
  const isAtEnd = after === '' || (/^[.!?,;:]+$/.test(after) && /[.!?:]\s*$/.test(before))
  const stem = isAtEnd ? before.trim() : `${before}_____${raw.slice(close + 1)}`.trim()
  return { stem, content: raw.slice(open + 1, close) }
}

function takeExplanation(content: string): { answers: string; explanation: string } {
  for (let at = findBare(content, '#'); at >= 0; at = findBare(content, '#', at + 1)) {
    if (content.startsWith('####', at)) {
      return { answers: content.slice(0, at).trim(), explanation: content.slice(at + 4).trim() }
    }
  }
  return { answers: content.trim(), explanation: '' }
}

function namePictures({ text }: RichText, losses: string[]): void {
  if (text.includes('@@PLUGINFILE@@')) losses.push('GIFT carries no pictures: those of this question are missing.')
}
