import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, eq, max, not, sql } from 'drizzle-orm'
import { readClock, toInstant } from '../clock'
import { answerLog, answers, attempts } from '../schema'
import { sealAttempts } from '../seal/seal-attempts'
import { sealLockedDue } from '../seal/sealer'
import type { AttemptRow } from './find-attempt'
import type { Seal } from './model'
import { readSnapshotDigest } from './read'

/**
 * A student's submit. Past the end it changes nothing about the end: with time for it left (`sealDueAt`) it is submitted, else it is
 * ended as the server ends it. An attempt that has ended answers its end again.
 */
export async function submitAttempt(db: Db, attemptId: string, actorId: string): Promise<Seal> {
  const row = await db.transaction(async (tx) => {
    const [attempt] = await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update')
    if (!attempt) throw new NotFoundError('attempt')
    if (attempt.state !== 'open') return attempt
    const now = await readClock(tx)
    if (attempt.sealDueAt && attempt.sealDueAt <= now) await sealLockedDue(tx, [attempt])
    else {
      await sealAttempts(tx, [attemptId], {
        state: 'sealed',
        cause: 'submitted',
        sealedAt: await notBeforeAnswers(tx, attemptId, now),
        actorId,
        from: ['open'],
      })
    }
    return reread(tx, attemptId)
  })
  return toSeal(db, row)
}

/** A teacher ends an attempt, or has an abandoned one marked after all. */
export async function sealByTeacher(db: Db, attemptId: string, actorId: string): Promise<Seal> {
  const row = await db.transaction(async (tx) => {
    const [attempt] = await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update')
    if (!attempt) throw new NotFoundError('attempt')
    const now = await readClock(tx)
    const isOver = attempt.pausedAt === null && attempt.deadline !== null && attempt.deadline < now
    // An end that has been stays the end; the network grace is reckoned from it and from no later moment.
    const over = attempt.sealedAt ?? (isOver ? attempt.deadline : null)
    const sealedAt = over ?? (await notBeforeAnswers(tx, attemptId, now))
    await sealAttempts(tx, [attemptId], {
      state: 'sealed',
      cause: 'teacher',
      sealedAt,
      actorId,
      from: ['open', 'abandoned'],
    })
    return reread(tx, attemptId)
  })
  return toSeal(db, row)
}

/** An end made now lies before no answer that was stored on time, also when the database's clock has gone back since. */
async function notBeforeAnswers(tx: Db, attemptId: string, now: Date): Promise<Date> {
  const [row] = await tx
    .select({ last: max(answerLog.storedAt) })
    .from(answerLog)
    .where(and(eq(answerLog.attemptId, attemptId), not(answerLog.isLate)))
  return row?.last && row.last > now ? row.last : now
}

async function reread(tx: Db, attemptId: string): Promise<AttemptRow> {
  const [row] = await tx.select().from(attempts).where(eq(attempts.id, attemptId))
  if (!row) throw new NotFoundError('attempt')
  return row
}

export async function toSeal(db: Db, row: AttemptRow): Promise<Seal> {
  const answeredCount = await db.$count(answers, and(eq(answers.attemptId, row.id), sql`not ${answers.isBlank}`))
  return {
    attemptId: row.id,
    state: row.state,
    sealedAt: toInstant(row.sealedAt),
    cause: row.cause,
    snapshotDigest: await readSnapshotDigest(db, row),
    answeredCount,
    questionCount: row.questionIds.length,
  }
}
