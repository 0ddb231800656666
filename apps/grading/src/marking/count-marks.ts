import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Registry } from '@hourglass/kit/metrics'
import { sloEventsJob } from '@hourglass/kit/slo-events'
import { and, asc, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { attempts, results } from '../schema'

/** Seconds from the seal until an attempt has its marks, or waits for a person's, as slo/grading.yaml promises. */
export const promisedMarkSeconds = 60

type MarkOutcome = 'good' | 'late' | 'missing'
const batchSize = 500

/**
 * The job that counts each sealed attempt once: when it has its first result, or when the promised time is over without one, so that
 * marks which never come are counted too. Any number of replicas at once.
 */
export const countMarksJob = (db: Db, registry: Registry): Job =>
  sloEventsJob(db, registry, { name: 'count marks', sli: 'marks', bad: ['late', 'missing'], take: takeUncounted })

async function takeUncounted(tx: Db): Promise<MarkOutcome[]> {
  const seconds = sql<number>`extract(epoch from statement_timestamp() - ${attempts.sealToldAt})::float8`
  const waiting = await tx
    .select({ attemptId: attempts.attemptId, sealToldAt: attempts.sealToldAt, seconds })
    .from(attempts)
    .where(and(isNotNull(attempts.sealToldAt), isNull(attempts.marksCountedAt)))
    .orderBy(asc(attempts.sealToldAt))
    .limit(batchSize)
    .for('update', { skipLocked: true })
  const ids = waiting.map(({ attemptId }) => attemptId)
  if (ids.length === 0) return []
  const firstOf = await readFirstMarks(tx, ids)
  const judged = waiting.flatMap(({ attemptId, sealToldAt, seconds: age }) => {
    const markedAt = firstOf.get(attemptId)
    const taken = markedAt && sealToldAt ? (markedAt.getTime() - sealToldAt.getTime()) / 1_000 : null
    const outcome = outcomeOf(taken, age)
    return outcome ? [{ attemptId, outcome }] : []
  })
  const own = judged.map(({ attemptId }) => attemptId)
  if (own.length === 0) return []
  await tx.update(attempts).set({ marksCountedAt: sql`clock_timestamp()` }).where(inArray(attempts.attemptId, own))
  return judged.map(({ outcome }) => outcome)
}

/** `null`: there is still time. */
function outcomeOf(takenSeconds: number | null, ageSeconds: number): MarkOutcome | null {
  if (takenSeconds !== null) return takenSeconds <= promisedMarkSeconds ? 'good' : 'late'
  return ageSeconds > promisedMarkSeconds ? 'missing' : null
}

async function readFirstMarks(tx: Db, attemptIds: string[]): Promise<Map<string, Date>> {
  const rows = await tx
    .select({ attemptId: results.attemptId, gradedAt: results.gradedAt })
    .from(results)
    .where(inArray(results.attemptId, attemptIds))
    .orderBy(asc(results.gradingVersion))
  return new Map(rows.toReversed().map(({ attemptId, gradedAt }) => [attemptId, gradedAt]))
}
