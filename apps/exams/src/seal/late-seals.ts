import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, lte, notExists, sql } from 'drizzle-orm'
import { attempts, lateSeals } from '../schema'

/** Seconds within which the server ends an attempt whose time is up, as slo/exams.yaml promises. */
export const promisedSealSeconds = 2

const batchSize = 1_000

/** Takes what of these is not known as late yet; answers it. Any number of replicas at once: each attempt is one’s alone. */
export async function claimLate(tx: Db, attemptIds: readonly string[]): Promise<string[]> {
  if (attemptIds.length === 0) return []
  const rows = await tx
    .insert(lateSeals)
    .values(attemptIds.map((attemptId) => ({ attemptId })))
    .onConflictDoNothing()
    .returning({ attemptId: lateSeals.attemptId })
  return rows.map(({ attemptId }) => attemptId)
}

/**
 * Takes attempts that should have been sealed and are still open; answers how many were not known yet. Without it, seals that never
 * happen would burn no budget. No row of an attempt is locked, so whatever holds up the sealer does not hold this up.
 */
export async function claimOverdue(db: Db): Promise<number> {
  const isKnown = db.select({ one: sql`1` }).from(lateSeals).where(eq(lateSeals.attemptId, attempts.id))
  const overdue = await db
    .select({ id: attempts.id })
    .from(attempts)
    .where(
      and(
        eq(attempts.state, 'open'),
        lte(attempts.sealDueAt, sql`statement_timestamp() - make_interval(secs => ${promisedSealSeconds})`),
        notExists(isKnown),
      ),
    )
    .limit(batchSize)
  const claimed = await claimLate(
    db,
    overdue.map(({ id }) => id),
  )
  return claimed.length
}
