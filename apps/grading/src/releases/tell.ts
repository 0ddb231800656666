import { emitAll, eventIdOf } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Exam } from '../access'
import { attempts, outbox, releases, results } from '../schema'

/** Whether complete results of the exam are out: as a teacher decided, else as the exam says. */
export async function isReleased(db: Db, { examId, release }: Pick<Exam, 'examId' | 'release'>): Promise<boolean> {
  const [decision] = await db.select({ state: releases.state }).from(releases).where(eq(releases.examId, examId))
  return decision ? decision.state === 'released' : release === 'automatic'
}

/**
 * Tells of every result of the exam (or of some attempts) that is complete, released and not told of yet: `result.released` once per attempt.
 * Call it with the exam's row locked.
 */
export async function tellReleased(tx: Db, exam: Exam, attemptIds?: readonly string[]): Promise<void> {
  if (exam.isCancelled || !(await isReleased(tx, exam))) return
  const complete = tx
    .select({ attemptId: results.attemptId })
    .from(results)
    .where(
      and(
        eq(results.examId, exam.examId),
        eq(results.gradingVersion, exam.gradingVersion),
        eq(results.needsMarking, false),
        attemptIds && inArray(results.attemptId, [...attemptIds]),
      ),
    )
  const releasedAt = new Date()
  const told = await tx
    .update(attempts)
    .set({ releaseToldAt: releasedAt })
    .where(and(eq(attempts.examId, exam.examId), isNull(attempts.releaseToldAt), inArray(attempts.attemptId, complete)))
    .returning({ attemptId: attempts.attemptId, personId: attempts.personId })
  const { examId, title: examTitle } = exam
  const events = told.map((place) => ({
    id: eventIdOf('result.released', place.attemptId),
    data: { ...place, examId, examTitle, releasedAt: releasedAt.toISOString() },
  }))
  await emitAll(tx, outbox, 'result.released', events)
}
