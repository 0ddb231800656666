import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { toInstant } from '../clock'
import { answers, attempts, snapshots } from '../schema'
import type { Seal } from './model'

/** The end of an attempt that is there. */
export async function readSeal(db: Db, attemptId: string): Promise<Seal> {
  const seal = (await readSeals(db, [attemptId])).get(attemptId)
  if (!seal) throw new NotFoundError('attempt')
  return seal
}

/** The ends of attempts as their students see them, by id; what is not there is absent. */
export async function readSeals(db: Db, attemptIds: readonly string[]): Promise<ReadonlyMap<string, Seal>> {
  if (attemptIds.length === 0) return new Map()
  const rows = await db
    .select({
      attemptId: attempts.id,
      state: attempts.state,
      sealedAt: attempts.sealedAt,
      cause: attempts.cause,
      snapshotDigest: snapshots.digest,
      answeredCount: sql<number>`(select count(*)::int from ${answers}
        where ${answers.attemptId} = ${attempts.id} and not ${answers.isBlank})`,
      questionCount: sql<number>`cardinality(${attempts.questionIds})`,
    })
    .from(attempts)
    .leftJoin(snapshots, and(eq(snapshots.attemptId, attempts.id), eq(snapshots.revision, attempts.snapshotRevision)))
    .where(inArray(attempts.id, [...attemptIds]))
  return new Map(rows.map((row) => [row.attemptId, { ...row, sealedAt: toInstant(row.sealedAt) }]))
}
