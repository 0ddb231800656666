import type { Db } from '@hourglass/kit/db/connect'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { arrangePaper } from '@hourglass/questions/arrange'
import { Response } from '@hourglass/questions/response'
import { and, asc, desc, eq, inArray, max, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { signReceipt } from '../answers/receipt'
import { readClock, toInstant } from '../clock'
import type { SignSeat } from '../deps'
import type { PaperShelf } from '../papers'
import { answerLog, answers, attempts, exams, flags, lateArrivals, people, snapshots } from '../schema'
import type { AttemptRow } from './find-attempt'
import type { Attempt, AttemptPage } from './model'
import { signSeatOf } from './seat'

type Parts = { db: Db; shelf: PaperShelf; signSeat: SignSeat; networkGraceSeconds: number }

type ExamRow = typeof exams.$inferSelect

/**
 * An attempt as its student sees it: to go on with while it is open, its bare end afterwards. Of one that has just begun nothing can
 * be stored yet, and a whole class begins at once: nobody looks.
 * @param begunAt the exam, of an attempt that has just begun
 */
export async function readAttempt(parts: Parts, row: AttemptRow, begunAt: ExamRow | null = null): Promise<Attempt> {
  const { db, shelf, networkGraceSeconds } = parts
  const exam = begunAt ?? (await readExam(db, row))
  const isOpen = row.state === 'open'
  const now = await readClock(db)
  const { stored, questionIds, lastSeq, digest } = begunAt ? nothing : await readStored(db, row)
  return {
    attemptId: row.id,
    examId: row.examId,
    title: exam.title,
    number: row.number,
    state: row.state,
    isOverdue: isOverdue(row, now),
    submitUntil: toInstant(row.sealDueAt),
    startedAt: row.startedAt.toISOString(),
    deadline: toInstant(row.deadline),
    pausedAt: toInstant(row.pausedAt),
    serverTime: now.toISOString(),
    sealedAt: toInstant(row.sealedAt),
    cause: row.cause,
    snapshotDigest: digest,
    settings: {
      layout: exam.layout,
      certainty: row.certainty,
      pasteAllowed: exam.pasteAllowed,
      overduePolicy: exam.overduePolicy,
      graceSeconds: exam.graceSeconds,
      networkGraceSeconds,
    },
    paper: isOpen ? arrangePaper(await shelf.paperOf(row.paperDigest), row.seed, row) : null,
    answers: stored.map(({ questionId, seq, response, storedAt, isLate }) => ({
      questionId,
      seq,
      response: Response.parse(response),
      storedAt: storedAt.toISOString(),
      isLate,
    })),
    flags: questionIds,
    lastSeq,
    seatToken: await signSeatOf(parts, row, now),
  }
}

async function readExam(db: Db, { id, examId }: AttemptRow): Promise<ExamRow> {
  const [exam] = await db.select().from(exams).where(eq(exams.id, examId))
  if (!exam) throw new Error(`the exam of the attempt ${id} is gone`)
  return exam
}

const nothing = { stored: [], questionIds: [], lastSeq: 0, digest: null }

async function readStored(db: Db, row: AttemptRow) {
  const [stored, flagged, [log], digest] = await Promise.all([
    row.state === 'open'
      ? db.select().from(answers).where(eq(answers.attemptId, row.id)).orderBy(asc(answers.questionId))
      : [],
    db.select().from(flags).where(eq(flags.attemptId, row.id)),
    db
      .select({ seq: max(answerLog.seq) })
      .from(answerLog)
      .where(eq(answerLog.attemptId, row.id)),
    readSnapshotDigest(db, row),
  ])
  return { stored, questionIds: flagged[0]?.questionIds ?? [], lastSeq: log?.seq ?? 0, digest }
}

const isOverdue = (row: AttemptRow, now: Date): boolean =>
  row.state === 'open' && row.pausedAt === null && row.deadline !== null && row.deadline < now

export async function readSnapshotDigest(db: Db, row: AttemptRow): Promise<string | null> {
  if (row.snapshotRevision === 0) return null
  const [snapshot] = await db
    .select({ digest: snapshots.digest })
    .from(snapshots)
    .where(and(eq(snapshots.attemptId, row.id), eq(snapshots.revision, row.snapshotRevision)))
  return snapshot?.digest ?? null
}

/** Every save of an attempt that was acknowledged, with the receipt that it was given. */
export async function readReceipts(db: Db, receiptKey: string, attemptId: string) {
  const rows = await db
    .select()
    .from(answerLog)
    .where(eq(answerLog.attemptId, attemptId))
    .orderBy(asc(answerLog.storedAt), asc(answerLog.seq))
  const items = rows.map(({ questionId, seq, answerHash, storedAt }) => {
    const facts = { attemptId, questionId, seq, answerHash, storedAt: storedAt.toISOString() }
    return { ...facts, receipt: signReceipt(receiptKey, facts) }
  })
  return { attemptId, items }
}

/** The live list of an exam's attempts, the latest started first. */
export async function listAttempts(
  db: Db,
  examId: string,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof AttemptPage>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select({ row: attempts, name: people.name })
    .from(attempts)
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(and(eq(attempts.examId, examId), after ? sql`${attempts.id}::text < ${after}` : undefined))
    .orderBy(desc(attempts.id))
    .limit(limit + 1)
  const ids = rows.map(({ row }) => row.id)
  const now = await readClock(db)
  const counts = ids.length === 0 ? [] : await countAnswers(db, ids)
  const late = ids.length === 0 ? [] : await countLate(db, ids)
  const countOf = new Map(counts.map((count) => [count.attemptId, count]))
  const lateOf = new Map(late.map((count) => [count.attemptId, count.late]))
  const page = toPage(
    rows,
    limit,
    ({ row, name }) => ({
      attemptId: row.id,
      personId: row.personId,
      name: name ?? '',
      number: row.number,
      state: row.state,
      isOverdue: isOverdue(row, now),
      pausedAt: toInstant(row.pausedAt),
      startedAt: row.startedAt.toISOString(),
      deadline: toInstant(row.deadline),
      sealedAt: toInstant(row.sealedAt),
      cause: row.cause,
      answeredCount: countOf.get(row.id)?.answered ?? 0,
      questionCount: row.questionIds.length,
      lastSavedAt: toInstant(countOf.get(row.id)?.lastSavedAt ?? null),
      lateCount: lateOf.get(row.id) ?? 0,
    }),
    ({ row }) => [row.id],
  )
  return { ...page, serverTime: now.toISOString() }
}

const countAnswers = (db: Db, ids: string[]) =>
  db
    .select({
      attemptId: answers.attemptId,
      answered: sql<number>`(count(*) filter (where not ${answers.isBlank}))::int`,
      lastSavedAt: max(answers.storedAt),
    })
    .from(answers)
    .where(inArray(answers.attemptId, ids))
    .groupBy(answers.attemptId)

const countLate = (db: Db, ids: string[]) =>
  db
    .select({ attemptId: lateArrivals.attemptId, late: sql<number>`count(*)::int` })
    .from(lateArrivals)
    .where(and(inArray(lateArrivals.attemptId, ids), sql`${lateArrivals.acceptedAt} is null`))
    .groupBy(lateArrivals.attemptId)
