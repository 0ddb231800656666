import type { KeyGap, KeyQuestion } from './key'
import type { PaperGap, PaperQuestion } from './paper'
import type { Gap, Question, RichText } from './question'

/** Turns what an author wrote into sanitised HTML. Given by the caller: this package knows no HTML. */
export type Render = (text: RichText) => string

/**
 * Splits a question into what a student may see and what marks it. The ids of matching options and of ordering items
 * are given out in the order of their text, so neither order nor id tells which belongs where.
 */
export function splitQuestion(question: Question, render: Render): { paper: PaperQuestion; key: KeyQuestion } {
  const { id, maxMarks } = question
  const paper = { id, maxMarks, html: render(question.stem) }
  const key = { id, maxMarks, explanationHtml: render(question.explanation) }
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice': {
      const { type, shuffle } = question
      const split = splitChoices(question.choices, render)
      return { paper: { type, ...paper, choices: split.paper, shuffle }, key: { type, ...key, choices: split.key } }
    }
    case 'true-false': {
      const { type, answer } = question
      const feedback = {
        feedbackTrueHtml: render(question.feedbackTrue),
        feedbackFalseHtml: render(question.feedbackFalse),
      }
      return { paper: { type, ...paper }, key: { type, ...key, answer, ...feedback } }
    }
    case 'short-answer': {
      const { type, caseSensitive } = question
      return {
        paper: { type, ...paper },
        key: { type, ...key, caseSensitive, accepted: renderFeedback(question.accepted, render) },
      }
    }
    case 'numeric': {
      const { type, units, unitRule } = question
      return {
        paper: { type, ...paper, units: units.map((unit) => unit.name) },
        key: { type, ...key, units, unitRule, accepted: renderFeedback(question.accepted, render) },
      }
    }
    case 'matching': {
      const { type, shuffle } = question
      const texts = [...new Set([...question.pairs.map((pair) => pair.match), ...question.distractors])].sort()
      const idOf = new Map(texts.map((text, index) => [text, `o${index + 1}`]))
      const options = texts.map((text, index) => ({
        id: `o${index + 1}`,
        html: render({ format: 'plain', text }),
      }))
      const prompts = question.pairs.map((pair, index) => ({ id: `p${index + 1}`, html: render(pair.prompt) }))
      const pairs = Object.fromEntries(
        question.pairs.map((pair, index) => [`p${index + 1}`, idOf.get(pair.match) ?? '']),
      )
      return { paper: { type, ...paper, prompts, options, shuffle }, key: { type, ...key, pairs } }
    }
    case 'ordering': {
      const { type, credit } = question
      const rendered = question.items.map((item, index) => ({ html: render(item), index }))
      const byText = rendered.toSorted((a, b) => (a.html < b.html ? -1 : a.html > b.html ? 1 : 0))
      const items = byText.map((item, index) => ({ id: `i${index + 1}`, html: item.html, index: item.index }))
      const order = items.toSorted((a, b) => a.index - b.index).map((item) => item.id)
      return {
        paper: { type, ...paper, items: items.map(({ id: itemId, html }) => ({ id: itemId, html })) },
        key: { type, ...key, order, credit },
      }
    }
    case 'gap-fill': {
      const split = question.gaps.map((gap) => splitGap(gap, render))
      return {
        paper: { type: question.type, ...paper, gaps: split.map((gap) => gap.paper) },
        key: { type: question.type, ...key, gaps: split.map((gap) => gap.key) },
      }
    }
    case 'essay': {
      const { type, template, maxWords } = question
      return {
        paper: { type, ...paper, template, maxWords },
        key: { type, ...key, markingNotesHtml: render(question.markingNotes) },
      }
    }
    case 'description':
      return { paper: { type: question.type, ...paper }, key: { type: question.type, ...key } }
  }
}

function splitGap(gap: Gap, render: Render): { paper: PaperGap; key: KeyGap } {
  const { id, share } = gap
  switch (gap.kind) {
    case 'choice': {
      const { kind, shuffle } = gap
      const split = splitChoices(gap.choices, render)
      return { paper: { kind, id, choices: split.paper, shuffle }, key: { kind, id, share, choices: split.key } }
    }
    case 'short': {
      const { kind, caseSensitive } = gap
      const accepted = renderFeedback(gap.accepted, render)
      return { paper: { kind, id }, key: { kind, id, share, caseSensitive, accepted } }
    }
    case 'numeric': {
      const { kind, units, unitRule } = gap
      const accepted = renderFeedback(gap.accepted, render)
      return {
        paper: { kind, id, units: units.map((unit) => unit.name) },
        key: { kind, id, share, units, unitRule, accepted },
      }
    }
  }
}

function splitChoices(
  choices: readonly { id: string; text: RichText; weight: string; feedback: RichText }[],
  render: Render,
) {
  return {
    paper: choices.map((choice) => ({ id: choice.id, html: render(choice.text) })),
    key: choices.map((choice) => ({ id: choice.id, weight: choice.weight, feedbackHtml: render(choice.feedback) })),
  }
}

function renderFeedback<T extends { feedback: RichText }>(accepted: readonly T[], render: Render) {
  return accepted.map(({ feedback, ...rest }) => ({ ...rest, feedbackHtml: render(feedback) }))
}
