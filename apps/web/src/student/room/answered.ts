import type { Response } from '@hourglass/questions/response'

/** Whether a response says anything, by the same rule as the marking: empty is null, an empty text or an empty list. */
export function isAnswered(response: Response | undefined): boolean {
  if (!response) return false
  switch (response.type) {
    case 'single-choice':
      return response.choice !== null
    case 'multiple-choice':
      return response.choices.length > 0
    case 'true-false':
      return response.value !== null
    case 'short-answer':
    case 'numeric':
    case 'essay':
      return response.text.trim() !== ''
    case 'matching':
      return Object.keys(response.pairs).length > 0
    case 'ordering':
      return response.order.length > 0
    case 'gap-fill':
      return Object.values(response.gaps).some((text) => text.trim() !== '')
  }
}
