import { emitAll, eventIdOf } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { insertRows } from '@hourglass/kit/db/insert-rows'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { and, asc, inArray, type SQL, sql } from 'drizzle-orm'
import { ownCloseOf } from '../access/deadline'
import type { AuditAction } from '../audit/actions'
import { recordAudit } from '../audit/record'
import { answers, attempts, outbox, snapshots } from '../schema'

export type AttemptRow = typeof attempts.$inferSelect
export type SnapshotCause = (typeof snapshots.$inferSelect)['cause']

/** Who did it; `null` for the server itself. */
type ActorOf = (row: AttemptRow) => string | null

/** How an attempt ends. `abandoned` keeps the answers and tells of the end, but sends nothing to be marked. */
export type Ending = {
  state: 'sealed' | 'abandoned'
  cause: 'submitted' | 'deadline' | 'teacher'
  sealedAt: Date | SQL
  actorOf: ActorOf
  /** What an attempt may be in for this ending; a teacher may still seal an abandoned one. */
  from: readonly AttemptRow['state'][]
}

/**
 * Ends attempts: the one way, for a student's submit, the sealer and a teacher. Only those still in a state of `from` change; the
 * rows that did are answered. State, snapshot, digest, event and audit in the caller's transaction. The answers are read in
 * a statement after the update, which waited for every save that held the row: what was acknowledged is in it (facts: trap 1).
 */
export async function sealAttempts(tx: Db, ids: readonly string[], ending: Ending): Promise<AttemptRow[]> {
  const { state, cause, sealedAt, actorOf, from } = ending
  if (ids.length === 0) return []
  const sealed = await tx
    .update(attempts)
    .set({
      state,
      cause,
      sealedAt,
      pausedAt: null,
      sealDueAt: null,
      snapshotRevision: sql`${attempts.snapshotRevision} + 1`,
    })
    .where(and(inArray(attempts.id, [...ids]), inArray(attempts.state, [...from])))
    .returning()
  const action = state === 'abandoned' ? 'attempt abandoned' : 'attempt sealed'
  await takeSnapshots(tx, sealed, { cause, actorOf, action })
  return sealed
}

/** Freezes the answers of attempts whose end and new revision are set, and tells of it. */
export async function takeSnapshots(
  tx: Db,
  rows: readonly AttemptRow[],
  { cause, actorOf, action }: { cause: SnapshotCause | null; actorOf: ActorOf; action: AuditAction },
): Promise<void> {
  if (rows.length === 0) return
  const stored = await tx
    .select()
    .from(answers)
    .where(
      inArray(
        answers.attemptId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(answers.attemptId), asc(answers.questionId))
  const answersOf = Map.groupBy(stored, ({ attemptId }) => attemptId)
  const taken = rows.map((row) => {
    const its = cause ?? row.cause ?? 'teacher'
    const body = toCanonicalJson(snapshotOf(row, its, answersOf.get(row.id) ?? []))
    return { row, cause: its, body, digest: new Bun.CryptoHasher('sha256').update(body).digest('hex') }
  })
  await insertRows(
    tx,
    snapshots,
    taken.map(({ row, ...snapshot }) => ({ attemptId: row.id, revision: row.snapshotRevision, ...snapshot })),
  )
  // Issued together, so that they travel in one go; the transaction's one connection runs them in order.
  const sealed = taken.filter(({ row }) => row.state === 'sealed')
  const abandoned = taken.filter(({ row }) => row.state === 'abandoned')
  const told = [
    emitAll(tx, outbox, 'attempt.sealed', sealed.map(sealedEventOf)),
    emitAll(tx, outbox, 'attempt.abandoned', abandoned.map(abandonedEventOf)),
  ]
  const at = new Date()
  const audited = recordAudit(
    tx,
    taken.map(({ row, digest, cause }) => ({
      examId: row.examId,
      at: row.sealedAt && action !== 'late answers taken in' ? row.sealedAt : at,
      actorId: actorOf(row),
      action,
      attemptId: row.id,
      details: { cause, revision: row.snapshotRevision, digest },
    })),
  )
  await Promise.all([...told, audited])
}

const endOf = (row: AttemptRow): Date => {
  if (!row.sealedAt) throw new Error(`the attempt ${row.id} has no end`)
  return row.sealedAt
}

function snapshotOf(row: AttemptRow, cause: SnapshotCause, stored: readonly (typeof answers.$inferSelect)[]) {
  const { id: attemptId, examId, personId, number, versionDigest, paperDigest, seed, questionIds } = row
  return {
    schema: 1,
    attemptId,
    examId,
    personId,
    number,
    revision: row.snapshotRevision,
    versionDigest,
    paperDigest,
    seed,
    certainty: row.certainty,
    shuffleOptions: row.shuffleOptions,
    questionIds,
    startedAt: row.startedAt.toISOString(),
    sealedAt: endOf(row).toISOString(),
    cause,
    answers: stored.map(({ questionId, seq, response, storedAt, isLate }) => ({
      questionId,
      seq,
      response,
      storedAt: storedAt.toISOString(),
      isLate,
    })),
  }
}

function abandonedEventOf({ row }: { row: AttemptRow }) {
  const { id: attemptId, examId, personId, number } = row
  const data = { attemptId, examId, personId, number, abandonedAt: endOf(row).toISOString() }
  return { id: eventIdOf(attemptId, 'abandoned', row.snapshotRevision), data }
}

function sealedEventOf({ row, cause, digest }: { row: AttemptRow; cause: SnapshotCause; digest: string }) {
  const { id: attemptId, examId, personId, number, startedAt, closesAt, shiftMs } = row
  const data = {
    attemptId,
    examId,
    personId,
    number,
    snapshotDigest: digest,
    startedAt: startedAt.toISOString(),
    sealedAt: endOf(row).toISOString(),
    closesAt: ownCloseOf({ closesAt, shiftMs })?.toISOString() ?? null,
    cause,
  }
  return { id: eventIdOf(attemptId, 'sealed', row.snapshotRevision), data }
}
