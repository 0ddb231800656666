import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import { compare, parseDecimal, toDecimal } from '@hourglass/scoring/rational'
import { and, desc, eq } from 'drizzle-orm'
import { type Asker, getVisibleExam } from '../access'
import { isOfCurrentVersion } from '../marking/grading-version'
import { mustStoreMarks } from '../marking/store-marks'
import { attempts, exams, manualMarks, people, questionResults, results } from '../schema'
import type { MarkStored, NewMark } from './model'

type Place = { attemptId: string; questionId: string }

/**
 * Stores what a person gives for an answer, and the attempt's new total. Throws a NotFoundError for what is not the asker's, an
 * UnprocessableError above the maximum, a ConflictError (`stale`) with the mark that was given meanwhile, or
 * (`answer-changed`) when a late arrival replaced the answer. The same mark sent
 * again is answered as it was the first time: its first answer may have been lost on the way.
 */
export async function giveMark(db: Db, asker: Asker, place: Place, input: NewMark): Promise<MarkStored> {
  return db.transaction(async (tx) => {
    const question = await lockQuestion(tx, asker, place)
    if (compare(parseDecimal(input.marks), parseDecimal(question.maxMarks)) > 0) {
      const message = `Question ${place.questionId} has ${question.maxMarks} marks at most.`
      throw new UnprocessableError('too-many-marks', message, { maxMarks: question.maxMarks })
    }
    const marks = toDecimal(parseDecimal(input.marks), 5)
    const isPlace = and(eq(manualMarks.attemptId, place.attemptId), eq(manualMarks.questionId, place.questionId))
    const [newest] = await tx.select().from(manualMarks).where(isPlace).orderBy(desc(manualMarks.revision)).limit(1)
    const revision = input.revision + 1
    const { responseDigest } = question
    if (input.responseDigest !== undefined && input.responseDigest !== responseDigest) {
      throw new ConflictError(
        'answer-changed',
        `The answer to question ${place.questionId} changed meanwhile: read it again.`,
      )
    }
    const mark = { ...place, revision, marks, comment: input.comment, responseDigest, markedBy: asker.personId }
    if (newest && isSameMark(newest, mark)) return toStored(tx, newest)
    if ((newest?.revision ?? 0) !== input.revision) throw await staleMark(tx, place, newest)
    const [stored] = await tx.insert(manualMarks).values(mark).returning()
    if (!stored) throw new Error('insert returned no row')
    await mustStoreMarks(tx, question.examId, [place.attemptId])
    return toStored(tx, stored)
  })
}

type Row = typeof manualMarks.$inferSelect
type Mark = Omit<Row, 'markedAt'>

const isSameMark = (a: Mark, b: Mark) =>
  a.revision === b.revision &&
  a.marks === b.marks &&
  a.comment === b.comment &&
  a.responseDigest === b.responseDigest &&
  a.markedBy === b.markedBy

/** Locks exam and attempt, in this order as everywhere, so that marks of one attempt are given one after the other. */
async function lockQuestion(tx: Db, asker: Asker, { attemptId, questionId }: Place) {
  const [attempt] = await tx.select({ examId: attempts.examId }).from(attempts).where(eq(attempts.attemptId, attemptId))
  if (!attempt) throw new NotFoundError('answer')
  await getVisibleExam(tx, asker, attempt.examId).catch(() => {
    throw new NotFoundError('answer')
  })
  await tx.select({ examId: exams.examId }).from(exams).where(eq(exams.examId, attempt.examId)).for('share')
  await tx
    .select({ attemptId: attempts.attemptId })
    .from(attempts)
    .where(eq(attempts.attemptId, attemptId))
    .for('update')
  const [question] = await tx
    .select()
    .from(questionResults)
    .where(
      and(
        eq(questionResults.attemptId, attemptId),
        isOfCurrentVersion(questionResults),
        eq(questionResults.questionId, questionId),
      ),
    )
  if (!question || question.type === 'description') throw new NotFoundError('answer')
  return question
}

async function staleMark(tx: Db, { questionId }: Place, newest: Row | undefined): Promise<ConflictError> {
  if (!newest) return new ConflictError('stale', `Nobody has marked question ${questionId} yet: send revision 0.`)
  const [marker] = await tx.select({ name: people.name }).from(people).where(eq(people.personId, newest.markedBy))
  const { marks, comment, revision, markedAt, markedBy: personId } = newest
  const markedBy = { personId, name: marker?.name ?? '' }
  return new ConflictError('stale', `Question ${questionId} was marked meanwhile.`, {
    current: { marks, comment, revision, markedBy, markedAt: markedAt.toISOString() },
  })
}

async function toStored(
  tx: Db,
  { attemptId, questionId, revision, marks, comment, markedAt }: Row,
): Promise<MarkStored> {
  const [attempt] = await tx
    .select({ needsMarking: results.needsMarking, marks: results.marks, maxMarks: results.maxMarks })
    .from(results)
    .where(and(eq(results.attemptId, attemptId), isOfCurrentVersion(results)))
  if (!attempt) throw new Error(`attempt ${attemptId} has no result`)
  return { attemptId, questionId, revision, marks, comment, markedAt: markedAt.toISOString(), attempt }
}
