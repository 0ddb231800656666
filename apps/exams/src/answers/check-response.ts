import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'

/**
 * Whether a response can be one to this question of the pinned paper: its type, and every id in it. Answers the fault in words,
 * or `null`. Whether it is right is nothing that this service could know.
 */
export function checkResponse(
  question: PaperQuestion,
  response: Response,
  rule: { certainty: boolean },
): string | null {
  if (question.type !== response.type) return `The question takes an answer of type ${question.type}.`
  if (!rule.certainty && 'certainty' in response && response.certainty !== undefined) {
    return 'This exam does not ask for certainty.'
  }
  if (hasUnstorableText(response)) return 'The answer holds characters that no text can hold.'
  const unknown = unknownIds(question, response)
  if (unknown.length > 0) return 'The answer names options that the question does not have.'
  const ids =
    response.type === 'multiple-choice' ? response.choices : response.type === 'ordering' ? response.order : []
  return new Set(ids).size === ids.length ? null : 'The answer names an option twice.'
}

function unknownIds(question: PaperQuestion, response: Response): string[] {
  const missingFrom = (known: readonly { id: string }[], ids: readonly string[]) => {
    const all = new Set(known.map(({ id }) => id))
    return ids.filter((id) => !all.has(id))
  }
  if (question.type === 'single-choice' && response.type === 'single-choice') {
    return missingFrom(question.choices, response.choice === null ? [] : [response.choice])
  }
  if (question.type === 'multiple-choice' && response.type === 'multiple-choice') {
    return missingFrom(question.choices, response.choices)
  }
  if (question.type === 'matching' && response.type === 'matching') {
    return [
      ...missingFrom(question.prompts, Object.keys(response.pairs)),
      ...missingFrom(question.options, Object.values(response.pairs)),
    ]
  }
  if (question.type === 'ordering' && response.type === 'ordering') return missingFrom(question.items, response.order)
  if (question.type === 'gap-fill' && response.type === 'gap-fill') {
    const chosen = question.gaps.flatMap((gap) => {
      const choice = response.gaps[gap.id]
      return gap.kind === 'choice' && choice ? missingFrom(gap.choices, [choice]) : []
    })
    return [...missingFrom(question.gaps, Object.keys(response.gaps)), ...chosen]
  }
  return []
}

/** NUL, which PostgreSQL's text cannot hold, and lone surrogates, which UTF-8 cannot. */
export function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) => hasUnstorableText(name) || hasUnstorableText(member))
}

/** An answer that says nothing; it is stored all the same, since it may take back an earlier one. */
export function isBlank(response: Response): boolean {
  switch (response.type) {
    case 'single-choice':
      return response.choice === null
    case 'multiple-choice':
      return response.choices.length === 0
    case 'true-false':
      return response.value === null
    case 'matching':
      return Object.keys(response.pairs).length === 0
    case 'ordering':
      return response.order.length === 0
    case 'gap-fill':
      return Object.values(response.gaps).every((text) => text.trim() === '')
    default:
      return response.text.trim() === ''
  }
}
