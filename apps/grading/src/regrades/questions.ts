import type { Db } from '@hourglass/kit/db/connect'
import type { Exam } from '../access'
import { getPaper } from '../content/content'
import { getCurrentKey, listCorrections } from '../marking/current-key'
import { toQuestionView } from '../review/question-view'
import { toRightAnswer } from '../review/right-answer'
import type { CorrectableQuestion } from './model'

/** The questions of an exam in the order of its paper, each with what is right by the key as it holds now. */
export async function listQuestions(db: Db, exam: Exam): Promise<CorrectableQuestion[]> {
  const [paper, key] = await Promise.all([getPaper(db, exam.paperDigest), getCurrentKey(db, exam)])
  const decided = await listCorrections(db, exam.examId)
  const keyOf = new Map(key?.questions.map((question) => [question.id, question]))
  const asked = paper?.questions.filter(({ type }) => type !== 'description') ?? []
  return asked.flatMap((question, index) => {
    const found = keyOf.get(question.id)
    if (!found) return []
    const corrections = decided
      .filter(({ questionId }) => questionId === question.id)
      .map(({ correction: { mode }, reason }) => ({ mode, reason }))
    const { maxMarks } = question
    return [{ ...toQuestionView(question, index + 1), maxMarks, rightAnswer: toRightAnswer(found), corrections }]
  })
}
