import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import type { Random } from './random'

/** Some answer that fits the question, right or wrong; `null` for a description. Texts carry `mark`, so that each is its own. */
export function answerAtRandom(question: PaperQuestion, random: Random, mark: string): Response | null {
  switch (question.type) {
    case 'single-choice':
      return { type: 'single-choice', choice: random.pick(question.choices).id }
    case 'multiple-choice':
      return {
        type: 'multiple-choice',
        choices: question.choices.filter(() => random.next() < 0.5).map(({ id }) => id),
      }
    case 'true-false':
      return { type: 'true-false', value: random.next() < 0.5 }
    case 'short-answer':
      return { type: 'short-answer', text: random.next() < 0.3 ? 'Huygens' : `Galileo ${mark}` }
    case 'numeric':
      return { type: 'numeric', text: (random.whole(0, 2_000) / 1_000).toFixed(3), unit: null }
    case 'matching': {
      const pairs = question.prompts.map(({ id }) => [id, random.pick(question.options).id])
      return { type: 'matching', pairs: Object.fromEntries(pairs) }
    }
    case 'ordering':
      return { type: 'ordering', order: question.items.map(({ id }) => id).toSorted(() => random.next() - 0.5) }
    case 'gap-fill':
      return { type: 'gap-fill', gaps: Object.fromEntries(question.gaps.map(({ id }) => [id, mark])) }
    case 'essay':
      return { type: 'essay', text: `An essay ${mark}` }
    case 'description':
      return null
  }
}
