import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError, UnavailableError, UnprocessableError } from '@hourglass/kit/errors'
import type { Exam } from '../access'
import { getKey, keepKey, UnreachableError } from '../content/content'
import type { ContentPort } from '../deps'
import { listCorrections, readKeys } from '../marking/current-key'
import { CorrectionError, correctKey, type Decided } from './correct-key'
import type { Correction } from './correction'

export type Asked = { questionId: string; correction: Correction }

/**
 * The corrections of an exam as they would be with one more. Throws an UnprocessableError (`correction-does-not-fit`) that
 * says why it cannot be made, a NotFoundError for a question that the exam does not have.
 */
export async function addCorrection(db: Db, exam: Exam, asked: Asked): Promise<Decided[]> {
  const held = await listCorrections(db, exam.examId)
  const key = await getKey(db, exam.keyDigest)
  if (!key) throw new UnavailableError('The questions of this exam are still on their way.', 10)
  if (!key.questions.some(({ id }) => id === asked.questionId)) throw new NotFoundError('question')
  const decided = [...held, { number: Number.MAX_SAFE_INTEGER, ...asked }]
  try {
    correctKey(key, decided, await readKeys(db, decided))
  } catch (error) {
    if (error instanceof CorrectionError) throw unfit(error.message)
    throw error
  }
  return decided
}

/**
 * Pulls the key that a correction names, unless it is kept already; outside of any transaction. Throws an UnprocessableError
 * when it cannot be had or is of another quiz.
 */
export async function keepKeyOf(db: Db, content: ContentPort, exam: Exam, correction: Correction): Promise<void> {
  if (correction.mode !== 'rescore') return
  try {
    const [own, other] = [await getKey(db, exam.keyDigest), await keepKey(db, content, correction.keyDigest)]
    if (own && own.quizId !== other.quizId) throw unfit('This is the key of another quiz.')
  } catch (error) {
    if (error instanceof UnreachableError) throw unfit('There is no such version, or it cannot be had now.')
    throw error
  }
}

const unfit = (message: string) => new UnprocessableError('correction-does-not-fit', message)
