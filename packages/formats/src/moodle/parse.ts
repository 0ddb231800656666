import type { Question } from '@hourglass/questions/question'
import { isSameNumber } from '../decimal'
import { Collector, type Parsed, Refusal } from '../report'
import { cutTitle, keepTags, tagFromCategory, titleFrom } from '../texts'
import { type Element, findElements } from '../xml/reader'
import { type Common, childOf, childrenOf, decimalOf, richOf, textOf } from './fields'
import { Pictures } from './pictures'
import { readType } from './types'

/**
 * Reads Moodle XML (`question/format/xml/format.php`). A question that cannot be read is refused by itself; categories
 * become tags, pictures become `image:<digest>`.
 * @throws ImportError for a DOCTYPE.
 */
export function parseMoodleXml(text: string): Parsed {
  const collector = new Collector()
  const pictures = new Pictures()
  let category: string | null = null
  for (const { line, read } of findElements(text, 'question')) {
    const element = tryRead(read)
    if (element?.attributes.type === 'category') {
      category = tagFromCategory(textOf(childOf(element, 'category')))
      continue
    }
    const title = element ? textOf(element, 'name') : ''
    collector.add(line, title || 'A question that cannot be read', (losses) =>
      readQuestion(read(), category, losses, pictures),
    )
  }
  return { questions: collector.questions, images: [...pictures.found.values()] }
}

function tryRead(read: () => Element): Element | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function readQuestion(element: Element, category: string | null, losses: string[], pictures: Pictures): Question {
  const tags = childOf(element, 'tags')
  const stem = richOf(childOf(element, 'questiontext'), { losses, pictures })
  const common: Common = {
    id: Bun.randomUUIDv7(),
    title: cutTitle(textOf(element, 'name') || titleFrom(stem.text), losses),
    stem,
    maxMarks: decimalOf(textOf(element, 'defaultgrade') || '1', 'the default mark'),
    explanation: richOf(childOf(element, 'generalfeedback'), { losses, pictures }),
    tags: keepTags([category, ...(tags ? childrenOf(tags, 'tag').map((tag) => textOf(tag)) : [])], losses),
  }
  if (common.maxMarks.startsWith('-')) throw new Refusal('The default mark is negative.')
  nameWhatIsLost(element, losses)
  return readType({ element, common, losses, pictures })
}

const usualFeedback = new Set([
  '',
  'Your answer is correct.',
  'Your answer is partially correct.',
  'Your answer is incorrect.',
])

/** What every type of question may have in Moodle and none has here. */
function nameWhatIsLost(element: Element, losses: string[]): void {
  const hints = childrenOf(element, 'hint').length
  if (hints > 0) losses.push(`${hints} hint(s) for further tries are left out: an exam has one try.`)
  const penalty = textOf(element, 'penalty')
  if (!isUsualPenalty(penalty)) losses.push(`The penalty of ${penalty} for further tries is left out.`)
  const idNumber = textOf(element, 'idnumber')
  if (idNumber) losses.push(`The id number “${idNumber}” is not kept.`)
  if (textOf(element, 'hidden') === '1') losses.push('The question was hidden; it is not hidden here.')
  const combined = ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']
  const own = combined.filter(
    (name) =>
      !usualFeedback.has(
        textOf(element, name)
          .replace(/<[^<>]*>/g, '')
          .trim(),
      ),
  )
  if (own.length > 0) losses.push('The combined feedback (for right, partly right and wrong answers) is left out.')
}

function isUsualPenalty(penalty: string): boolean {
  return penalty === '' || /^0?\.3333+$/.test(penalty) || ['0', '1', '0.1'].some((usual) => isNumber(penalty, usual))
}

const isNumber = (text: string, value: string) => /^\d{1,9}(\.\d{1,12})?$/.test(text) && isSameNumber(text, value)
