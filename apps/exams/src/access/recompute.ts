import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { type AuditEntry, recordAudit } from '../audit/record'
import { readClock } from '../clock'
import { attempts, exams } from '../schema'
import { deadlineOf, sealDueAtOf } from './deadline'
import { loadAccess } from './load-access'

/**
 * Gives open attempts the end that their rules now say: an extension reaches whoever is sitting. In the transaction of the change,
 * with the exam's row or the person's lock held, so that no attempt starts in between. Answers the ids that moved, to be
 * announced after the commit.
 */
export async function recomputeDeadlines(
  tx: Db,
  which: { examIds?: readonly string[]; personIds?: readonly string[] },
  because: { actorId: string | null; reason: string },
  networkGraceSeconds: number,
): Promise<string[]> {
  const open = await tx
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.state, 'open'),
        which.examIds && inArray(attempts.examId, [...which.examIds]),
        which.personIds && inArray(attempts.personId, [...which.personIds]),
      ),
    )
    .orderBy(asc(attempts.id))
    .for('update')
  if (open.length === 0) return []
  const examRows = await tx
    .select()
    .from(exams)
    .where(inArray(exams.id, [...new Set(open.map(({ examId }) => examId))]))
  const examOf = new Map(examRows.map((exam) => [exam.id, exam]))
  const accessOf = await loadAccess(tx, examRows, [...new Set(open.map(({ personId }) => personId))])
  const now = await readClock(tx)
  const entries: AuditEntry[] = []
  const moved: string[] = []
  for (const attempt of open) {
    const exam = examOf.get(attempt.examId)
    if (!exam) continue
    const access = accessOf(exam, attempt.personId)
    const [limitSeconds, closesAt] = [access.limitSeconds.value, access.closesAt.value]
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
