import type { EventOf } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, isNull, lte, or } from 'drizzle-orm'
import { assertDigest, pull } from '../content/content'
import type { SnapshotPort } from '../deps'
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

/** Whether a newer seal of the attempt is known, or this very one with its snapshot. */
export async function isSealKept(db: Db, event: Sealed): Promise<boolean> {
  const [known] = await db.select().from(attempts).where(eq(attempts.attemptId, event.data.attemptId))
  if (!known?.snapshotDigest) return false
  const isSame = known.snapshotDigest === event.data.snapshotDigest && known.snapshot !== null
  return isSame || isNewer(known, sealOf(event))
}

/**
 * Pulls a snapshot and answers the text to keep. Throws an UnreachableError when it cannot be had now, a DigestMismatchError when
 * it is not the one that was sealed, a plain Error or a ZodError when it is of another attempt or cannot be read.
 */
export async function pullSnapshot(snapshot: SnapshotPort, attemptId: string, digest: string): Promise<string> {
  const body = await pull(`the snapshot of attempt ${attemptId}`, snapshot(attemptId, digest))
  await assertDigest(`the snapshot of attempt ${attemptId}`, digest, body)
  if (Snapshot.parse(body).attemptId !== attemptId)
    throw new Error(`the snapshot ${digest} is not of attempt ${attemptId}`)
  return toSnapshotText(body)
}

/** Writes the seal unless a newer one holds. `text` is `null` while the snapshot cannot be had. */
export async function storeSeal(tx: Db, event: Sealed, text: string | null): Promise<void> {
  const { attemptId, examId, personId, number, startedAt, sealedAt, closesAt, cause, snapshotDigest } = event.data
  // Before the attempt's row, as everywhere: the exam's handler holds it when it comes for the attempts.
  await tx.select({ examId: exams.examId }).from(exams).where(eq(exams.examId, examId)).for('share')
  const place = { attemptId, examId, personId, number, startedAt: new Date(startedAt) }
  await tx.insert(attempts).values(place).onConflictDoNothing()
  const [known] = await tx.select().from(attempts).where(eq(attempts.attemptId, attemptId)).for('update')
  if (!known || (known.snapshotDigest !== null && isNewer(known, sealOf(event)))) return
  const kept = known.snapshotDigest === snapshotDigest ? known.snapshot : null
  await tx
    .update(attempts)
    .set({
      sealedAt: new Date(sealedAt),
      cause,
      snapshotDigest,
      sealToldAt: new Date(event.occurredAt),
      snapshot: text ?? kept,
    })
    .where(eq(attempts.attemptId, attemptId))
  await storeClose(tx, attemptId, closesAt, new Date(event.occurredAt))
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
