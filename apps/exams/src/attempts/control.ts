import type { Db } from '@hourglass/kit/db/connect'
import { UnprocessableError } from '@hourglass/kit/errors'
import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm'
import { deadlineOf, sealDueAtOf } from '../access/deadline'
import type { AuditAction } from '../audit/actions'
import { type AuditEntry, recordAudit } from '../audit/record'
import { readClock, toInstant } from '../clock'
import { attempts, credits, exams } from '../schema'
import type { AttemptRow } from './find-attempt'
import { type Interval, lengthOf, subtractIntervals } from './intervals'
import type { Controlled, Outage } from './model'

export type ControlParts = { db: Db; networkGraceSeconds: number }
/** `attemptIds` absent: all open attempts of the exam. */
type Which = { examId: string; attemptIds?: readonly string[] | undefined; actorId: string; reason: string }
type ExamRow = typeof exams.$inferSelect

/** Stops the clocks of open attempts. One that is paused already, or whose time is over, stays as it is. */
export async function pauseAttempts({ db }: ControlParts, which: Which): Promise<Controlled> {
  return db.transaction(async (tx) => {
    const { open } = await lockOpen(tx, which)
    const now = await readClock(tx)
    const running = open.filter(({ pausedAt, deadline }) => pausedAt === null && (deadline === null || deadline > now))
    const ids = running.map(({ id }) => id)
    if (ids.length > 0) {
      await tx.update(attempts).set({ pausedAt: now, sealDueAt: null }).where(inArray(attempts.id, ids))
    }
    await audit(tx, which, 'attempt paused', now, running)
    return toControlled(running.map((row) => ({ ...row, pausedAt: now })))
  })
}

/** Lets the clocks go on; the ends move by as long as they stood. */
export async function resumeAttempts({ db, networkGraceSeconds }: ControlParts, which: Which): Promise<Controlled> {
  return db.transaction(async (tx) => {
    const { exam, open } = await lockOpen(tx, which)
    const now = await readClock(tx)
    const resumed: AttemptRow[] = []
    for (const row of open) {
      if (row.pausedAt === null) continue
      const pause = { from: row.pausedAt.getTime(), to: now.getTime() }
      const shifted = { ...row, pausedAt: null, shiftMs: row.shiftMs + lengthOf([pause]) }
      resumed.push(await moveEnd(tx, exam, shifted, networkGraceSeconds))
      await keepCredits(tx, row.id, 'pause', [pause], which.reason)
    }
    await audit(tx, which, 'attempt resumed', now, resumed)
    return toControlled(resumed)
  })
}

/**
 * Gives the minutes of an outage back to every open attempt that it touched: those that fell into the attempt, without those that a
 * pause or an earlier compensation gave already. The same outage told twice moves nothing.
 */
export async function compensateOutage(
  { db, networkGraceSeconds }: ControlParts,
  { examId, actorId, outage }: { examId: string; actorId: string; outage: Outage },
) {
  const [from, to] = [new Date(outage.from), new Date(outage.to)]
  return db.transaction(async (tx) => {
    const which = { examId, actorId, reason: outage.reason }
    const { exam, open } = await lockOpen(tx, which)
    const now = await readClock(tx)
    if (to <= from || to > now)
      throw new UnprocessableError('bad-interval', 'An outage ends after it begins, and not in the future.')
    const given =
      open.length === 0
        ? []
        : await tx
            .select()
            .from(credits)
            .where(
              inArray(
                credits.attemptId,
                open.map(({ id }) => id),
              ),
            )
    const givenOf = Map.groupBy(given, ({ attemptId }) => attemptId)
    const items: { attemptId: string; creditedSeconds: number; deadline: string | null }[] = []
    const credited: AttemptRow[] = []
    for (const row of open) {
      const standing = row.pausedAt ? [{ from: row.pausedAt.getTime(), to: now.getTime() }] : []
      const taken = (givenOf.get(row.id) ?? []).map((credit) => ({
        from: credit.fromAt.getTime(),
        to: credit.toAt.getTime(),
      }))
      const touched = { from: Math.max(from.getTime(), row.startedAt.getTime()), to: to.getTime() }
      const parts = subtractIntervals(touched, [...taken, ...standing])
      if (parts.length === 0) continue
      const moved = await moveEnd(tx, exam, { ...row, shiftMs: row.shiftMs + lengthOf(parts) }, networkGraceSeconds)
      await keepCredits(tx, row.id, 'outage', parts, outage.reason)
      credited.push(moved)
      items.push({ attemptId: row.id, creditedSeconds: lengthOf(parts) / 1_000, deadline: toInstant(moved.deadline) })
    }
    await audit(tx, which, 'outage compensated', now, credited, { from: outage.from, to: outage.to })
    const sealedCount = await tx.$count(
      attempts,
      and(eq(attempts.examId, examId), lt(attempts.startedAt, to), gt(attempts.sealedAt, from)),
    )
    return { items, sealedCount }
  })
}

async function lockOpen(tx: Db, { examId, attemptIds }: Which): Promise<{ exam: ExamRow; open: AttemptRow[] }> {
  const [exam] = await tx.select().from(exams).where(eq(exams.id, examId)).for('update')
  if (!exam) throw new Error(`the exam ${examId} is gone`)
  const open = await tx
    .select()
    .from(attempts)
    .where(
      and(eq(attempts.examId, examId), eq(attempts.state, 'open'), attemptIds && inArray(attempts.id, [...attemptIds])),
    )
    .orderBy(asc(attempts.id))
    .for('update')
  return { exam, open }
}

async function moveEnd(tx: Db, exam: ExamRow, row: AttemptRow, networkGraceSeconds: number): Promise<AttemptRow> {
  const deadline = deadlineOf(row)
  const sealDueAt = sealDueAtOf({ ...row, deadline }, exam, networkGraceSeconds)
  const { pausedAt, shiftMs } = row
  await tx.update(attempts).set({ pausedAt, shiftMs, deadline, sealDueAt }).where(eq(attempts.id, row.id))
  return { ...row, deadline, sealDueAt }
}

async function keepCredits(
  tx: Db,
  attemptId: string,
  kind: 'pause' | 'outage',
  parts: readonly Interval[],
  reason: string,
) {
  if (parts.length === 0) return
  await tx.insert(credits).values(
    parts.map(({ from, to }) => ({
      id: Bun.randomUUIDv7(),
      attemptId,
      kind,
      fromAt: new Date(from),
      toAt: new Date(to),
      reason,
    })),
  )
}

async function audit(
  tx: Db,
  which: Which,
  action: AuditAction,
  at: Date,
  rows: readonly AttemptRow[],
  more: object = {},
) {
  const { examId, actorId, reason } = which
  await recordAudit(
    tx,
    rows.map(
      ({ id: attemptId, deadline }): AuditEntry => ({
        examId,
        at,
        actorId,
        action,
        attemptId,
        details: { reason, deadline: toInstant(deadline), ...more },
      }),
    ),
  )
}

const toControlled = (rows: readonly AttemptRow[]): Controlled => ({
  items: rows.map(({ id, deadline, pausedAt }) => ({
    attemptId: id,
    deadline: toInstant(deadline),
    pausedAt: toInstant(pausedAt),
  })),
})
