import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError } from '@hourglass/kit/errors'
import type { Logger } from '@hourglass/kit/logger'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Asker, type Exam, getVisibleExam, visibleExams } from '../access'
import { markExam } from '../marking/reconcile'
import { exams, people, regrades } from '../schema'
import { addCorrection } from './check'
import type { NewRegrade, Regrade, RegradePage, RegradeQuery } from './model'
import { listQuestions } from './questions'

/**
 * Corrects one question of an exam and marks every sealed attempt anew, all at once: no reader sees some of them old and some
 * new. The marks of before stay under their grading version. Throws a ConflictError (`stale`) when the exam was corrected since
 * `gradingVersion`, and what `addCorrection` throws. `tx` is a transaction.
 */
export async function applyRegrade(tx: Db, log: Logger, asker: Asker, input: NewRegrade): Promise<Regrade> {
  const { examId, questionId, correction, reason, gradingVersion } = input
  const exam = await lockExam(tx, asker, examId, gradingVersion)
  await addCorrection(tx, exam, { questionId, correction })
  const next = tx.select({ number: sql`coalesce(max(${regrades.number}), 0) + 1` }).from(regrades)
  const regradeId = Bun.randomUUIDv7()
  await tx.insert(regrades).values({
    ...{ regradeId, examId, questionId, correction, reason, decidedBy: asker.personId },
    number: sql`(${next.where(eq(regrades.examId, examId))})`,
  })
  await markAnew(tx, log, exam)
  return getRegrade(tx, regradeId)
}

/**
 * Takes a correction back: the key holds as if it had never been made, and so do the marks. Doing it again changes nothing.
 * Throws a NotFoundError for one that is not of an exam of the asker's, a ConflictError as `applyRegrade`. `tx` is a transaction.
 */
export async function undoRegrade(
  tx: Db,
  log: Logger,
  asker: Asker,
  { regradeId, gradingVersion }: { regradeId: string; gradingVersion: number },
): Promise<Regrade> {
  const [regrade] = await tx
    .select({ examId: regrades.examId, undoneAt: regrades.undoneAt })
    .from(regrades)
    .innerJoin(exams, eq(exams.examId, regrades.examId))
    .where(and(eq(regrades.regradeId, regradeId), visibleExams(tx, asker)))
  if (!regrade) throw new NotFoundError('correction')
  if (regrade.undoneAt) return getRegrade(tx, regradeId)
  const exam = await lockExam(tx, asker, regrade.examId, gradingVersion)
  await tx
    .update(regrades)
    .set({ undoneBy: asker.personId, undoneAt: new Date() })
    .where(eq(regrades.regradeId, regradeId))
  await markAnew(tx, log, exam)
  return getRegrade(tx, regradeId)
}

/** The corrections of an exam, the newest first, those that were undone too. */
export async function listRegrades(db: Db, asker: Asker, query: RegradeQuery): Promise<RegradePage> {
  const { examId, cursor, limit } = query
  const exam = await getVisibleExam(db, asker, examId)
  const [before] = decodeCursor(cursor, 1) ?? []
  const rows = await selectRegrades(db)
    .where(and(eq(regrades.examId, examId), before ? lt(regrades.number, Number(before)) : undefined))
    .orderBy(desc(regrades.number))
    .limit(limit + 1)
  const page = toPage(rows, limit, toRegrade, ({ regrade }) => [regrade.number])
  return { ...page, gradingVersion: exam.gradingVersion, questions: await listQuestions(db, exam) }
}

/** Alone: whoever marks holds the exam shared, so every result is either marked before the correction or by it. */
async function lockExam(tx: Db, asker: Asker, examId: string, gradingVersion: number): Promise<Exam> {
  await getVisibleExam(tx, asker, examId)
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, examId)).for('update')
  if (!exam) throw new NotFoundError('exam')
  if (exam.gradingVersion === gradingVersion) return exam
  const message = 'Somebody corrected this exam meanwhile: look at what your correction would do now.'
  throw new ConflictError('stale', message, { gradingVersion: exam.gradingVersion })
}

async function markAnew(tx: Db, log: Logger, { examId, gradingVersion }: Exam): Promise<void> {
  await tx
    .update(exams)
    .set({ gradingVersion: gradingVersion + 1 })
    .where(eq(exams.examId, examId))
  await markExam(tx, examId, log)
}

const undoers = alias(people, 'undoers')

const selectRegrades = (db: Db) =>
  db
    .select({ regrade: regrades, deciderName: people.name, undoerName: undoers.name })
    .from(regrades)
    .leftJoin(people, eq(people.personId, regrades.decidedBy))
    .leftJoin(undoers, eq(undoers.personId, regrades.undoneBy))

type Row = Awaited<ReturnType<typeof selectRegrades>>[number]

async function getRegrade(db: Db, regradeId: string): Promise<Regrade> {
  const [row] = await selectRegrades(db).where(eq(regrades.regradeId, regradeId))
  if (!row) throw new NotFoundError('correction')
  return toRegrade(row)
}

function toRegrade({ regrade, deciderName, undoerName }: Row): Regrade {
  const { decidedBy, decidedAt, undoneBy, undoneAt, ...rest } = regrade
  return {
    ...rest,
    decidedBy: { personId: decidedBy, name: deciderName ?? '' },
    decidedAt: decidedAt.toISOString(),
    undone:
      undoneBy && undoneAt ? { by: { personId: undoneBy, name: undoerName ?? '' }, at: undoneAt.toISOString() } : null,
  }
}
