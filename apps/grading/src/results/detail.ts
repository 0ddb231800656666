import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, eq } from 'drizzle-orm'
import { type Asker, visibleExams } from '../access'
import { toGivenMark } from '../marks/given'
import { isReleased } from '../releases/tell'
import { toQuestionView } from '../review/question-view'
import { toRightAnswer } from '../review/right-answer'
import { attempts, exams, people, results } from '../schema'
import { type QuestionContent, readAttemptContent } from './attempt-content'
import { isCurrentResult, toAttemptFields } from './attempt-state'
import type { ResultDetail } from './model'

/** One attempt for those who mark it. Throws a NotFoundError for one that is not of an exam of theirs. */
export async function getResult(db: Db, asker: Asker, attemptId: string): Promise<ResultDetail> {
  const [row] = await db
    .select({ attempt: attempts, exam: exams, result: results, name: people.name })
    .from(attempts)
    .innerJoin(exams, eq(exams.examId, attempts.examId))
    .leftJoin(results, isCurrentResult)
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(and(eq(attempts.attemptId, attemptId), visibleExams(db, asker)))
  if (!row) throw new NotFoundError('result')
  const { attempt, exam, result, name } = row
  const content = await readAttemptContent(db, exam, attempt, result)
  return {
    ...toAttemptFields(attempt, result, name, await isReleased(db, exam)),
    examId: exam.examId,
    examTitle: exam.title,
    questions: content.map(toQuestionDetail),
  }
}

function toQuestionDetail({ paper, key, result, response, given, number, corrections }: QuestionContent) {
  const { state, marks, maxMarks, isManual, feedbackHtml, responseDigest } = result
  return {
    ...toQuestionView(paper, number),
    ...{ response, state, marks, maxMarks, isManual, feedbackHtml, responseDigest },
    explanationHtml: key.explanationHtml,
    markingNotesHtml: key.type === 'essay' ? key.markingNotesHtml : '',
    rightAnswer: toRightAnswer(key),
    corrections: [...corrections],
    revision: given.at(-1)?.mark.revision ?? 0,
    given: given.map((row) => toGivenMark(row, responseDigest)),
  }
}
