import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { arrangeOptions } from '@hourglass/questions/arrange'
import type { Paper } from '@hourglass/questions/paper'
import { Response } from '@hourglass/questions/response'
import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { LatePage, Seal } from '../attempts/model'
import { readSeal } from '../attempts/read-seals'
import { recordAudit } from '../audit/record'
import { readClock, toInstant } from '../clock'
import type { PaperShelf } from '../papers'
import { answers, attempts, lateArrivals, people } from '../schema'
import { takeSnapshots } from '../seal/seal-attempts'

/** What came too late for an exam's attempts, oldest first; accepted ones too. */
export async function listLate(
  db: Db,
  shelf: PaperShelf,
  examId: string,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof LatePage>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select({ late: lateArrivals, attempt: attempts, name: people.name })
    .from(lateArrivals)
    .innerJoin(attempts, eq(attempts.id, lateArrivals.attemptId))
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(and(eq(attempts.examId, examId), after ? gt(sql`${lateArrivals.id}::text`, after) : undefined))
    .orderBy(asc(lateArrivals.id))
    .limit(limit + 1)
  const papers = new Map<string, Paper>()
  for (const { attempt } of rows) {
    const { paperDigest } = attempt
    if (!papers.has(paperDigest)) papers.set(paperDigest, await shelf.paperOf(paperDigest))
  }
  return toPage(
    rows,
    limit,
    ({ late, attempt, name }) => ({
      ...asSeen(papers.get(attempt.paperDigest), attempt, late.questionId),
      lateId: late.id,
      attemptId: attempt.id,
      personId: attempt.personId,
      name: name ?? '',
      questionId: late.questionId,
      seq: late.seq,
      response: Response.parse(late.response),
      sentAt: toInstant(late.sentAt),
      receivedAt: late.receivedAt.toISOString(),
      endedAt: toInstant(attempt.sealedAt ?? attempt.deadline),
      acceptedAt: toInstant(late.acceptedAt),
    }),
    ({ late }) => [late.id],
  )
}

/** The question as the student saw it, so that whoever reads the answer reads what it answers. */
function asSeen(paper: Paper | undefined, attempt: typeof attempts.$inferSelect, questionId: string) {
  const { questionIds, seed, shuffleOptions } = attempt
  const questionOf = new Map(paper?.questions.map((question) => [question.id, question]))
  const asked = questionIds.filter((id) => questionOf.get(id)?.type !== 'description')
  const question = questionOf.get(questionId) ?? null
  return {
    number: asked.indexOf(questionId) + 1 || null,
    question: question && shuffleOptions ? arrangeOptions(question, seed) : question,
  }
}

/**
 * Takes a late answer in after all: a new revision of the snapshot, and the attempt is told of again. Accepting it twice does
 * nothing more. Throws a ConflictError while the attempt is open, or when a newer answer is stored.
 */
export async function acceptLate(db: Db, attemptId: string, lateId: string, actorId: string): Promise<Seal> {
  await db.transaction(async (tx) => {
    const [attempt] = await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update')
    const isThis = and(eq(lateArrivals.id, lateId), eq(lateArrivals.attemptId, attemptId))
    const [late] = await tx.select().from(lateArrivals).where(isThis)
    if (!attempt || !late) throw new NotFoundError('late answer')
    if (late.acceptedAt) return
    if (attempt.state === 'open') throw new ConflictError('still-open', 'The attempt has not ended yet.')
    const now = await readClock(tx)
    const { questionId, seq, operationId, response, isBlank } = late
    const answer = { seq, operationId, response, isBlank, isLate: true, storedAt: late.receivedAt }
    const stored = await tx
      .insert(answers)
      .values({ attemptId, questionId, ...answer })
      .onConflictDoUpdate({
        target: [answers.attemptId, answers.questionId],
        set: answer,
        setWhere: lt(answers.seq, seq),
      })
      .returning({ seq: answers.seq })
    if (stored.length === 0) {
      throw new ConflictError('newer-answer', 'A newer answer to this question is stored; it stays.')
    }
    await tx.update(lateArrivals).set({ acceptedAt: now, acceptedBy: actorId }).where(isThis)
    const [resealed] = await tx
      .update(attempts)
      .set({ snapshotRevision: sql`${attempts.snapshotRevision} + 1` })
      .where(eq(attempts.id, attemptId))
      .returning()
    if (!resealed) throw new Error('update returned no row')
    await takeSnapshots(tx, [resealed], {
      cause: 'late-accepted',
      actorOf: () => actorId,
      action: 'late answers taken in',
    })
    const details = { lateId, questionId, seq }
    await recordAudit(tx, [
      { examId: attempt.examId, at: now, actorId, action: 'late answer accepted', attemptId, details },
    ])
  })
  return readSeal(db, attemptId)
}
