import { createRender, renderWithRefusals } from '@hourglass/formats/render'
import type { Question, RichText } from '@hourglass/questions/question'
import { splitQuestion } from '@hourglass/questions/split'
import { questionFaults } from '../publishing/question-faults'
import { assertStorable } from '../storable'
import type { QuestionPreview } from './model'

/** What a student and a reviewer would see, for a question that is stored nowhere yet. */
export function previewQuestion(question: Question): QuestionPreview {
  assertStorable(question)
  return { ...splitForPreview(question), faults: questionFaults(question), notes: refusalsIn(question) }
}

export const splitForPreview = (question: Question) => splitQuestion(question, createRender(question))

/** Pictures and formulas that cannot be shown, in any text of the question. */
function refusalsIn(question: Question): string[] {
  const refused: string[] = []
  const gapIds = question.type === 'gap-fill' ? question.gaps.map(({ id }) => id) : []
  splitQuestion(question, (text: RichText) => {
    const rendered = renderWithRefusals(text, text === question.stem ? gapIds : [])
    refused.push(...rendered.refused)
    return rendered.html
  })
  return [...new Set(refused)]
}
