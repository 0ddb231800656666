import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { lt } from 'drizzle-orm'
import { exams } from '../schema'

/** Keeps the newest word on an exam: an older revision changes nothing. */
export async function copyExam(tx: Db, data: EventData<'exam.changed'>): Promise<void> {
  const { examId, closesAt, ...rest } = data
  const values = {
    revision: rest.revision,
    title: rest.title,
    classId: rest.classId,
    ownerId: rest.ownerId,
    paperDigest: rest.paperDigest,
    keyDigest: rest.keyDigest,
    closesAt: closesAt === null ? null : new Date(closesAt),
    gradingMethod: rest.gradingMethod,
    certainty: rest.certainty,
    negativeMarks: rest.negativeMarks,
    release: rest.release,
    reviewOptions: rest.reviewOptions,
    isCancelled: rest.isCancelled,
  }
  await tx
    .insert(exams)
    .values({ examId, ...values })
    .onConflictDoUpdate({ target: exams.examId, set: values, setWhere: lt(exams.revision, rest.revision) })
}
