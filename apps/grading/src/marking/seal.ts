import type { EventOf } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { insertRows } from '@hourglass/kit/db/insert-rows'
import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { assertDigest, pull } from '../content/content'
import type { SnapshotName, SnapshotPort } from '../deps'
import { attempts, exams } from '../schema'
import { Snapshot, toSnapshotText } from './snapshot'

type Sealed = EventOf<'attempt.sealed'>
type Seal = { cause: string | null; sealToldAt: Date | null; snapshotDigest: string | null }

/** Which of two seals of one attempt holds: a late acceptance follows every other seal; then the later one, by its word. */
function isNewer(next: Seal, known: Seal): boolean {
  const rank = ({ cause, sealToldAt, snapshotDigest }: Seal) =>
    [cause === 'late-accepted' ? 1 : 0, sealToldAt?.getTime() ?? 0, snapshotDigest ?? ''] as const
  const [a, b] = [rank(next), rank(known)]
  const at = a.findIndex((value, index) => value !== b[index])
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0)
}

const sealOf = ({ data, occurredAt }: Sealed): Seal => ({
  cause: data.cause,
  sealToldAt: new Date(occurredAt),
  snapshotDigest: data.snapshotDigest,
})

/** Of seals those that tell something: not when a newer one of the attempt is known, or this very one with its snapshot. */
export async function listNews(db: Db, sealed: readonly Sealed[]): Promise<Sealed[]> {
  const ids = sealed.map(({ data }) => data.attemptId)
  const known = await db
    .select({
      attemptId: attempts.attemptId,
      cause: attempts.cause,
      sealToldAt: attempts.sealToldAt,
      snapshotDigest: attempts.snapshotDigest,
      hasSnapshot: sql<boolean>`${attempts.snapshot} is not null`,
    })
    .from(attempts)
    .where(inArray(attempts.attemptId, ids))
  const knownOf = new Map(known.map((row) => [row.attemptId, row]))
  return sealed.filter((event) => {
    const row = knownOf.get(event.data.attemptId)
    if (!row?.snapshotDigest) return true
    const isSame = row.snapshotDigest === event.data.snapshotDigest && row.hasSnapshot
    return !isSame && !isNewer(row, sealOf(event))
  })
}

/**
 * Pulls snapshots and answers the texts to keep, by their digests; those that the exam room does not have are absent. Throws an
 * UnreachableError when none can be had now, a DigestMismatchError when one is not what was sealed, a plain Error or a ZodError when
 * one is of another attempt or cannot be read.
 */
export async function pullSnapshots(
  snapshots: SnapshotPort,
  wanted: readonly SnapshotName[],
): Promise<ReadonlyMap<string, string>> {
  if (wanted.length === 0) return new Map()
  const bodies = await pull('snapshots', snapshots(wanted))
  const texts = new Map<string, string>()
  for (const { attemptId, digest } of wanted) {
    const body = bodies.get(digest)
    if (body === undefined) continue
    await assertDigest(`the snapshot of attempt ${attemptId}`, digest, body)
    if (Snapshot.parse(body).attemptId !== attemptId)
      throw new Error(`the snapshot ${digest} is not of attempt ${attemptId}`)
    texts.set(digest, toSnapshotText(body))
  }
  return texts
}

/**
 * Writes seals, each unless a newer one of its attempt holds. @param texts of the snapshots by their digests: one that cannot be had
 * yet is absent.
 */
export async function storeSeals(tx: Db, sealed: readonly Sealed[], texts: ReadonlyMap<string, string>): Promise<void> {
  const newest = new Map<string, Sealed>()
  for (const event of sealed) {
    const other = newest.get(event.data.attemptId)
    if (!other || isNewer(sealOf(event), sealOf(other))) newest.set(event.data.attemptId, event)
  }
  const events = [...newest.values()].toSorted((a, b) => (a.data.attemptId < b.data.attemptId ? -1 : 1))
  if (events.length === 0) return
  // Before the attempts' rows, as everywhere: the exam's handler holds it when it comes for the attempts.
  const examIds = [...new Set(events.map(({ data }) => data.examId))]
  await tx
    .select({ examId: exams.examId })
    .from(exams)
    .where(inArray(exams.examId, examIds))
    .orderBy(asc(exams.examId))
    .for('share')
  const places = events.map(({ data: { attemptId, examId, personId, number, startedAt } }) => ({
    ...{ attemptId, examId, personId, number, startedAt: new Date(startedAt) },
  }))
  await tx.insert(attempts).values(places).onConflictDoNothing()
  const rows = await tx
    .select()
    .from(attempts)
    .where(inArray(attempts.attemptId, [...newest.keys()]))
    .orderBy(asc(attempts.attemptId))
    .for('update')
  await insertRows(
    tx,
    attempts,
    rows.flatMap((known) => afterSeal(known, newest.get(known.attemptId), texts) ?? []),
    sql`on conflict (attempt_id) do update set
      sealed_at = excluded.sealed_at, cause = excluded.cause, snapshot_digest = excluded.snapshot_digest,
      seal_told_at = excluded.seal_told_at, snapshot = excluded.snapshot,
      closes_at = excluded.closes_at, close_told_at = excluded.close_told_at`,
  )
}

type AttemptRow = typeof attempts.$inferSelect

/** An attempt's row with its seal in it; `null` when a newer one holds. */
function afterSeal(
  known: AttemptRow,
  event: Sealed | undefined,
  texts: ReadonlyMap<string, string>,
): AttemptRow | null {
  if (!event || (known.snapshotDigest !== null && isNewer(known, sealOf(event)))) return null
  const { snapshotDigest, cause, sealedAt, closesAt } = event.data
  const kept = known.snapshotDigest === snapshotDigest ? known.snapshot : null
  const toldAt = new Date(event.occurredAt)
  const isCloseNewer = known.closeToldAt === null || known.closeToldAt <= toldAt
  return {
    ...known,
    sealedAt: new Date(sealedAt),
    cause,
    snapshotDigest,
    sealToldAt: toldAt,
    snapshot: texts.get(snapshotDigest) ?? kept,
    ...(isCloseNewer ? { closesAt: closesAt === null ? null : new Date(closesAt), closeToldAt: toldAt } : {}),
  }
}

/** Keeps the newest word on when an exam closes for the student of an attempt. The attempt's row is there. */
async function storeClose(tx: Db, attemptId: string, closesAt: string | null, toldAt: Date): Promise<void> {
  const isOlder = or(isNull(attempts.closeToldAt), lte(attempts.closeToldAt, toldAt))
  await tx
    .update(attempts)
    .set({ closesAt: closesAt === null ? null : new Date(closesAt), closeToldAt: toldAt })
    .where(and(eq(attempts.attemptId, attemptId), isOlder))
}

/** A close that moved after the seal, heard of before or after it. */
export async function moveClose(tx: Db, { data, occurredAt }: EventOf<'attempt.close-moved'>): Promise<void> {
  const { attemptId, examId, personId, number, startedAt, closesAt } = data
  const place = { attemptId, examId, personId, number, startedAt: new Date(startedAt) }
  await tx.insert(attempts).values(place).onConflictDoNothing()
  await storeClose(tx, attemptId, closesAt, new Date(occurredAt))
}
