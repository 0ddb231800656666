import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { readClock } from '../clock'
import { attempts, exams, reseals } from '../schema'
import { claimLate, promisedSealSeconds } from './late-seals'
import { type AttemptRow, sealAttempts, takeSnapshots } from './seal-attempts'

const batchSize = 100

/**
 * Ends every attempt whose time is up, whether or not any client speaks; answers their ids. Any number of replicas at once:
 * each takes rows that no other holds. Rows held for longer than a second after their time are waited for. `onSealed` hears of
 * each whose seal is stored.
 */
export async function sealDue(db: Db, onSealed: (seal: TimedSeal) => void = () => {}): Promise<string[]> {
  const ids: string[] = []
  const sealSome = async (overdueSeconds: 0 | 1) => {
    const { sealed, timed } = await db.transaction((tx) => sealBatch(tx, overdueSeconds))
    for (const seal of timed) onSealed(seal)
    ids.push(...sealed)
    return sealed.length
  }
  while ((await sealSome(0)) === batchSize);
  await sealSome(1)
  return ids
}

/** How long after its time an attempt was ended, and whether it was known already that this would be later than promised. */
export type TimedSeal = { delaySeconds: number; wasCounted: boolean }
type Batch = { sealed: string[]; timed: TimedSeal[] }

async function sealBatch(tx: Db, overdueSeconds: 0 | 1): Promise<Batch> {
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
  return { sealed, timed: due.length > 0 ? await timeSeals(tx, due) : [] }
}

async function timeSeals(tx: Db, due: readonly { id: string; sealDueAt: Date | null }[]): Promise<TimedSeal[]> {
  const now = (await readClock(tx)).getTime()
  const delays = due.map(({ id, sealDueAt }) => ({ id, delaySeconds: (now - (sealDueAt?.getTime() ?? now)) / 1_000 }))
  const late = delays.filter(({ delaySeconds }) => delaySeconds > promisedSealSeconds).map(({ id }) => id)
  const claimed = new Set(await claimLate(tx, late))
  return delays.map(({ id, delaySeconds }) => ({ delaySeconds, wasCounted: late.includes(id) && !claimed.has(id) }))
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
    sealed.push(
      ...(await sealAttempts(tx, ids, { state, cause: 'deadline', sealedAt, actorOf: () => null, from: ['open'] })),
    )
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
    await takeSnapshots(tx, rows, { cause: null, actorOf: () => null, action: 'late answers taken in' })
    await tx.delete(reseals).where(inArray(reseals.attemptId, ids))
    return ids
  })
}
