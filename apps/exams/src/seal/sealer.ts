import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { readClock } from '../clock'
import { attempts, exams, reseals } from '../schema'
import { type AttemptRow, sealAttempts, takeSnapshots } from './seal-attempts'

const batchSize = 100

/**
 * Ends every attempt whose time is up, whether or not any client speaks; answers their ids. Any number of replicas at once:
 * each takes rows that no other holds. Rows held for longer than a second after their time are waited for. `onSealed` hears of
 * the delay of each.
 */
export async function sealDue(db: Db, onSealed: (delaySeconds: number) => void = () => {}): Promise<string[]> {
  const ids: string[] = []
  for (;;) {
    const sealed = await db.transaction((tx) => sealBatch(tx, 0, onSealed))
    ids.push(...sealed)
    if (sealed.length < batchSize) break
  }
  ids.push(...(await db.transaction((tx) => sealBatch(tx, 1, onSealed))))
  return ids
}

async function sealBatch(tx: Db, overdueSeconds: 0 | 1, onSealed: (delaySeconds: number) => void): Promise<string[]> {
  // statement_timestamp() and not clock_timestamp(): it lets the index find the rows, and is never ahead of the clock.
  const isDue = and(
    eq(attempts.state, 'open'),
    lte(attempts.sealDueAt, sql`statement_timestamp() - make_interval(secs => ${overdueSeconds})`),
  )
  const due = await tx
    .select({ id: attempts.id, examId: attempts.examId, sealDueAt: attempts.sealDueAt })
    .from(attempts)
    .where(isDue)
    .orderBy(asc(attempts.id))
    .limit(batchSize)
    .for('update', overdueSeconds === 0 ? { skipLocked: true } : {})
  const sealed = await sealLockedDue(tx, due)
  if (due.length > 0) {
    const now = (await readClock(tx)).getTime()
    for (const { sealDueAt } of due) onSealed((now - (sealDueAt?.getTime() ?? now)) / 1_000)
  }
  return sealed
}

/** Ends attempts that are due and whose rows the caller holds, as their exams' overdue policies say. Their end is their deadline. */
export async function sealLockedDue(tx: Db, due: readonly { id: string; examId: string }[]): Promise<string[]> {
  if (due.length === 0) return []
  const examIds = [...new Set(due.map(({ examId }) => examId))]
  const policies = await tx
    .select({ id: exams.id, overduePolicy: exams.overduePolicy })
    .from(exams)
    .where(inArray(exams.id, examIds))
  const submits = new Set(policies.filter(({ overduePolicy }) => overduePolicy === 'auto-submit').map(({ id }) => id))
  const sealed: AttemptRow[] = []
  for (const state of ['sealed', 'abandoned'] as const) {
    const ids = due.filter(({ examId }) => submits.has(examId) === (state === 'sealed')).map(({ id }) => id)
    const sealedAt = sql`${attempts.deadline}`
    sealed.push(...(await sealAttempts(tx, ids, { state, cause: 'deadline', sealedAt, actorId: null, from: ['open'] })))
  }
  return sealed.map(({ id }) => id)
}

/** Seals anew, once, the attempts that took answers in the network grace after their seal. */
export async function resealDue(db: Db): Promise<string[]> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select({ id: reseals.attemptId })
      .from(reseals)
      .where(lte(reseals.dueAt, sql`statement_timestamp()`))
      .orderBy(asc(reseals.attemptId))
      .limit(batchSize)
      .for('update', { skipLocked: true })
    if (due.length === 0) return []
    const ids = due.map(({ id }) => id)
    const rows = await tx
      .update(attempts)
      .set({ snapshotRevision: sql`${attempts.snapshotRevision} + 1` })
      .where(inArray(attempts.id, ids))
      .returning()
    await takeSnapshots(tx, rows, { cause: null, actorId: null, action: 'late answers taken in' })
    await tx.delete(reseals).where(inArray(reseals.attemptId, ids))
    return ids
  })
}
