import { emit } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, inArray, or, sql } from 'drizzle-orm'
import { type AuditEntry, recordAudit } from '../audit/record'
import { readClock } from '../clock'
import { attempts, exams, outbox } from '../schema'
import { deadlineOf, ownCloseOf, sealDueAtOf } from './deadline'
import { loadAccess } from './load-access'

/**
 * Gives open attempts the end that their rules now say: an extension reaches whoever is sitting. Of sealed ones the close moves
 * alone, which grading is told: until then they may not be reviewed as after the close. In the transaction of the change,
 * with the exam's row or the person's lock held, so that no attempt starts in between. Answers the ids that moved, to be
 * announced after the commit.
 */
export async function recomputeDeadlines(
  tx: Db,
  which: { examIds?: readonly string[]; personIds?: readonly string[] },
  because: { actorId: string | null; reason: string },
  networkGraceSeconds: number,
): Promise<string[]> {
  const rows = await tx
    .select()
    .from(attempts)
    .where(
      and(
        or(eq(attempts.state, 'open'), and(eq(attempts.state, 'sealed'), mayStillClose)),
        which.examIds && inArray(attempts.examId, [...which.examIds]),
        which.personIds && inArray(attempts.personId, [...which.personIds]),
      ),
    )
    .orderBy(asc(attempts.id))
    .for('update')
  if (rows.length === 0) return []
  const examRows = await tx
    .select()
    .from(exams)
    .where(inArray(exams.id, [...new Set(rows.map(({ examId }) => examId))]))
  const examOf = new Map(examRows.map((exam) => [exam.id, exam]))
  const accessOf = await loadAccess(tx, examRows, [...new Set(rows.map(({ personId }) => personId))])
  const now = await readClock(tx)
  const entries: AuditEntry[] = []
  const moved: string[] = []
  for (const attempt of rows) {
    const exam = examOf.get(attempt.examId)
    if (!exam) continue
    const access = accessOf(exam, attempt.personId)
    const [limitSeconds, closesAt] = [access.limitSeconds.value, access.closesAt.value]
    if (attempt.state === 'sealed') {
      await moveClose(tx, attempt, closesAt)
      continue
    }
    const deadline = deadlineOf({ ...attempt, limitSeconds, closesAt })
    const sealDueAt = sealDueAtOf({ ...attempt, deadline }, exam, networkGraceSeconds)
    const isSame = [
      [deadline, attempt.deadline],
      [sealDueAt, attempt.sealDueAt],
      [closesAt, attempt.closesAt],
    ].every(([a, b]) => a?.getTime() === b?.getTime())
    if (isSame) continue
    await tx.update(attempts).set({ limitSeconds, closesAt, deadline, sealDueAt }).where(eq(attempts.id, attempt.id))
    moved.push(attempt.id)
    const details = {
      from: attempt.deadline?.toISOString() ?? null,
      to: deadline?.toISOString() ?? null,
      reason: because.reason,
    }
    entries.push({
      examId: exam.id,
      at: now,
      actorId: because.actorId,
      action: 'deadline moved',
      attemptId: attempt.id,
      details,
    })
  }
  await recordAudit(tx, entries)
  return moved
}

/** A close that is past by the old rules and by the exam's own needs no telling. */
const mayStillClose = sql`(${attempts.closesAt} is null or ${attempts.closesAt} > clock_timestamp() or exists
  (select 1 from ${exams} where ${exams.id} = ${attempts.examId} and (${exams.closesAt} is null or ${exams.closesAt} > clock_timestamp())))`

async function moveClose(tx: Db, attempt: typeof attempts.$inferSelect, closesAt: Date | null): Promise<void> {
  if (attempt.closesAt?.getTime() === closesAt?.getTime()) return
  await tx.update(attempts).set({ closesAt }).where(eq(attempts.id, attempt.id))
  const { id: attemptId, examId, personId, number, startedAt, shiftMs } = attempt
  await emit(tx, outbox, 'attempt.close-moved', {
    ...{ attemptId, examId, personId, number, startedAt: startedAt.toISOString() },
    closesAt: ownCloseOf({ closesAt, shiftMs })?.toISOString() ?? null,
  })
}
