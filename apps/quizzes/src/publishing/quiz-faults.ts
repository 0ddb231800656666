import type { Question } from '@hourglass/questions/question'
import { compare, parseDecimal } from '@hourglass/scoring/rational'
import type { Fault } from './model'
import { questionFaults } from './question-faults'
import type { ResolvedItem, ResolvedSection } from './resolve'
import { repeatedIn } from './rich-text'

type DrawItem = Extract<ResolvedItem, { kind: 'draw' }>
type Place = { item: ResolvedItem; section: string; position: number }

/** Every reason why a draft cannot be published, in the order of the quiz. */
export function quizFaults(title: string, sections: readonly ResolvedSection[]): Fault[] {
  const places = sections.flatMap(({ label, items }) =>
    items.map((item, index): Place => ({ item, section: label, position: index + 1 })),
  )
  return [
    ...(sections.length === 0 ? [fault(title, '', 'The quiz has no sections, so there is nothing to answer.')] : []),
    ...repeatedIn(sections.map(({ id }) => id)).map((id) => fault(title, '', `Two sections have the id “${id}”.`)),
    ...sections
      .filter(({ items }) => items.length === 0)
      .map(({ label }) => fault(label, label, 'The section is empty.')),
    ...placeFaults(places),
    ...drawFaults(places),
    ...poolQuestionFaults(places),
  ]
}

const fault = (title: string, section: string, message: string): Fault => ({
  questionId: null,
  title,
  section,
  message,
})

function placeFaults(places: readonly Place[]): Fault[] {
  const seen = new Set<string>()
  return places.flatMap(({ item, section, position }): Fault[] => {
    if (item.kind !== 'fixed') return []
    const { questionId, question } = item
    const title = question ? titleOf(question) : `Place ${position}`
    const messages = question ? questionFaults(question) : ['This question is no longer in the bank.']
    if (seen.has(questionId)) messages.push('This question stands in the quiz twice.')
    seen.add(questionId)
    return messages.map((message) => ({ questionId, title, section, message }))
  })
}

/**
 * A draw must find enough questions in every attempt, whatever the draws before it took; and all that it can draw must be
 * worth the same, or attempts would have different totals.
 */
function drawFaults(places: readonly Place[]): Fault[] {
  const earlier: DrawItem[] = []
  return places.flatMap(({ item, section }): Fault[] => {
    if (item.kind !== 'draw') return []
    const { tag, count, pool } = item
    const title = `${count} drawn from “${tag}”`
    const free = pool.length - earlier.reduce((taken, draw) => taken + Math.min(draw.count, shared(draw, item)), 0)
    earlier.push(item)
    const messages: string[] = []
    if (pool.length < count) {
      messages.push(
        `The bank has ${questions(pool.length)} with the tag “${tag}” to draw from; ${count} are to be drawn.`,
      )
    } else if (free < count) {
      messages.push(
        `Draws before it may leave only ${questions(Math.max(0, free))} with the tag “${tag}”; ${count} are to be drawn.`,
      )
    }
    const marks = [...new Set(pool.map(({ maxMarks }) => maxMarks))].filter(
      (text, index, all) => all.findIndex((other) => isEqual(other, text)) === index,
    )
    if (marks.length > 1) {
      messages.push(
        `Questions with the tag “${tag}” have different marks (${marks.slice(0, 5).join(', ')}): set the marks of this draw.`,
      )
    }
    const clash = earlier.find((draw) => shared(draw, item) > 0 && draw.maxMarks !== item.maxMarks)
    if (clash) messages.push(`It shares questions with “${clash.tag}” but gives them other marks.`)
    return messages.map((message) => fault(title, section, message))
  })
}

/** Questions that can be drawn are examined once, in the first draw that may draw them. */
function poolQuestionFaults(places: readonly Place[]): Fault[] {
  const seen = new Set<string>()
  return places.flatMap(({ item, section }) => {
    if (item.kind !== 'draw') return []
    return item.pool.flatMap((question): Fault[] => {
      if (seen.has(question.id)) return []
      seen.add(question.id)
      const named = { questionId: question.id, title: titleOf(question), section }
      return questionFaults(question).map((message) => ({ ...named, message }))
    })
  })
}

function shared(a: DrawItem, b: DrawItem): number {
  if (a.tag === b.tag) return a.pool.length
  const ids = new Set(a.pool.map(({ id }) => id))
  return b.pool.filter(({ id }) => ids.has(id)).length
}

const isEqual = (a: string, b: string): boolean => compare(parseDecimal(a), parseDecimal(b)) === 0
const questions = (count: number): string => (count === 1 ? '1 question' : `${count} questions`)

/** A question without a title is named by the beginning of its text. */
export function titleOf({ title, stem }: Question): string {
  if (title.trim()) return title.trim()
  const text = stem.text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text || 'Question without a title'
}
