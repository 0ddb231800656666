import type { Db } from '@hourglass/kit/db/connect'
import { arrangeOptions } from '@hourglass/questions/arrange'
import type { KeyQuestion } from '@hourglass/questions/key'
import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { and, asc, eq } from 'drizzle-orm'
import type { Exam } from '../access'
import { getPaper } from '../content/content'
import { getCurrentKey, listCorrections } from '../marking/current-key'
import { readSnapshot, responsesOf } from '../marking/snapshot'
import { type GivenRow, listGivenMarks } from '../marks/given'
import type { Correction } from '../regrades/correction'
import { questionResults } from '../schema'
import type { Attempt, Result } from './attempt-state'

export type QuestionContent = {
  paper: PaperQuestion
  key: KeyQuestion
  result: typeof questionResults.$inferSelect
  response: Response | null
  /** Every mark that a person gave, oldest first. */
  given: GivenRow[]
  /** From 1 among the questions that are asked; `null` for a description. */
  number: number | null
  /** What was corrected after the exam, in the order in which it holds. */
  corrections: readonly { mode: Correction['mode']; reason: string }[]
}

/** All that is known of a marked attempt, question by question in the student's order; empty until it is marked. */
export async function readAttemptContent(
  db: Db,
  exam: Exam,
  attempt: Attempt,
  result: Result | null,
): Promise<QuestionContent[]> {
  if (!result || attempt.snapshot === null) return []
  const key = await getCurrentKey(db, exam, result.keyDigest)
  const paper = key && (await getPaper(db, key.paperDigest))
  if (!paper) throw new Error(`attempt ${attempt.attemptId}: the paper of key ${result.keyDigest} is not here`)
  const snapshot = readSnapshot(attempt.snapshot)
  const responseOf = responsesOf(snapshot)
  const given = await listGivenMarks(db, [attempt.attemptId])
  const decided = await listCorrections(db, exam.examId)
  const paperOf = new Map(paper.questions.map((question) => [question.id, question]))
  const keyOf = new Map(key.questions.map((question) => [question.id, question]))
  const isOfAttempt = eq(questionResults.attemptId, attempt.attemptId)
  const rows = await db
    .select()
    .from(questionResults)
    .where(and(isOfAttempt, eq(questionResults.gradingVersion, result.gradingVersion)))
    .orderBy(asc(questionResults.position))
  let asked = 0
  return rows.flatMap((row) => {
    const [paperQuestion, keyQuestion] = [paperOf.get(row.questionId), keyOf.get(row.questionId)]
    if (!paperQuestion || !keyQuestion) return []
    const number = row.type === 'description' ? null : ++asked
    const response = responseOf.get(row.questionId) ?? null
    const marks = given.filter(({ mark }) => mark.questionId === row.questionId)
    // As the student saw it, so that “the second option” is the same one for both who speak of it.
    const seen = snapshot.shuffleOptions ? arrangeOptions(paperQuestion, snapshot.seed) : paperQuestion
    const corrections = decided
      .filter(({ questionId }) => questionId === row.questionId)
      .map(({ correction: { mode }, reason }) => ({ mode, reason }))
    return [{ paper: seen, key: keyQuestion, result: row, response, given: marks, number, corrections }]
  })
}
