import type { ReviewFields } from '@hourglass/events/contracts'
import type { KeyQuestion } from '@hourglass/questions/key'
import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import type { QuestionContent } from '../results/attempt-content'
import type { questionResults } from '../schema'
import type { ReviewQuestion } from './model'
import { toQuestionView } from './question-view'
import { toRightAnswer } from './right-answer'

export type ReviewSource = {
  paper: PaperQuestion
  key: KeyQuestion
  result: typeof questionResults.$inferSelect
  response: Response | null
  comment: string | null
  number: number | null
  corrections: QuestionContent['corrections']
}

/** Adds what is allowed to a bare question: what is not allowed is never read into it, so there is nothing to forget to strip. */
export function buildReviewQuestion(source: ReviewSource, allowed: ReviewFields): ReviewQuestion {
  const { paper, key, result, response, comment, number, corrections } = source
  const question: ReviewQuestion = { questionId: paper.id, number, type: paper.type, maxMarks: paper.maxMarks }
  if (allowed.response || allowed.rightAnswer) question.view = toQuestionView(paper, number)
  if (allowed.response) question.response = response
  if (allowed.correctness && result.state !== 'needs-marking') {
    question.state = result.state
    question.isCorrect = paper.type === 'description' ? null : result.state === 'correct'
  }
  if (allowed.marks) {
    question.marks = result.marks
    question.maxMarks = result.maxMarks
    if (corrections.length > 0) question.corrections = [...corrections]
  }
  if (allowed.feedback) {
    question.feedbackHtml = result.feedbackHtml
    question.explanationHtml = key.explanationHtml
    if (comment !== null) question.comment = comment
  }
  if (allowed.rightAnswer) question.rightAnswer = toRightAnswer(key)
  return question
}

export const isAnythingAllowed = (allowed: ReviewFields): boolean => Object.values(allowed).some(Boolean)
