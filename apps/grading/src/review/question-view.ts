import type { PaperQuestion } from '@hourglass/questions/paper'
import type { QuestionView } from './model'

/** The question as the paper has it; nothing of the key. */
export function toQuestionView(question: PaperQuestion, number: number | null): QuestionView {
  const common = { questionId: question.id, number, type: question.type, html: question.html }
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return { ...common, choices: question.choices }
    case 'matching':
      return { ...common, prompts: question.prompts, options: question.options }
    case 'ordering':
      return { ...common, items: question.items }
    case 'gap-fill':
      return {
        ...common,
        gaps: question.gaps.map((gap) => ({
          id: gap.id,
          kind: gap.kind,
          ...(gap.kind === 'choice' ? { choices: gap.choices } : {}),
        })),
      }
    default:
      return common
  }
}
