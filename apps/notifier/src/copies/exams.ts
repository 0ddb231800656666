import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { eq } from 'drizzle-orm'
import { exams } from '../schema'

type Exam = typeof exams.$inferSelect

/** What a word on an exam is to those who were told of it before. `none`: an older word, or one that says nothing new. */
export type ExamChange = 'none' | 'first' | 'times' | 'cancelled' | 'other'

/** Keeps the newest word on an exam; the caller holds the lock of its class. */
export async function copyExam(tx: Db, data: EventData<'exam.changed'>): Promise<ExamChange> {
  const [before] = await tx.select().from(exams).where(eq(exams.examId, data.examId))
  if (before && before.revision >= data.revision) return 'none'
  const { examId, revision, title, classId, opensAt, closesAt, limitSeconds, isCancelled } = data
  const times = { opensAt: toDate(opensAt), closesAt: toDate(closesAt), limitSeconds }
  const isMoved = before !== undefined && !hasTimes(before, times)
  const timesRevision = isMoved ? revision : (before?.timesRevision ?? null)
  const values = { revision, timesRevision, title, classId, ...times, isCancelled }
  await tx
    .insert(exams)
    .values({ examId, ...values })
    .onConflictDoUpdate({ target: exams.examId, set: values })
  if (!before) return 'first'
  if (isCancelled) return before.isCancelled ? 'other' : 'cancelled'
  return isMoved ? 'times' : 'other'
}

const toDate = (instant: string | null): Date | null => (instant === null ? null : new Date(instant))

const hasTimes = (exam: Exam, times: Pick<Exam, 'opensAt' | 'closesAt' | 'limitSeconds'>): boolean =>
  exam.opensAt?.getTime() === times.opensAt?.getTime() &&
  exam.closesAt?.getTime() === times.closesAt?.getTime() &&
  exam.limitSeconds === times.limitSeconds
