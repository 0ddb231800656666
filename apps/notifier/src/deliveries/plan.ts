import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { currentTraceparents } from '@hourglass/kit/event-trace'
import { and, eq, inArray } from 'drizzle-orm'
import type { ExamChange } from '../copies/exams'
import type { MailKind } from '../mail/mailer'
import { classes, deliveries, exams, members } from '../schema'

type Exam = typeof exams.$inferSelect

/** Of the mails to a class the first so many are in the trace of the event: a thousand would make it unreadable. */
const mostTraced = 20

/** What an `exam-changed` mail is about: each change of an exam's times is told once. */
export const timesSubject = (examId: string, revision: number | null): string => `${examId}/${revision}`

/** Tells the students of an exam's class of a newer word on it. */
export async function planExam(tx: Db, examId: string, change: ExamChange): Promise<void> {
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, examId))
  if (!exam) return
  const students = await studentsOf(tx, exam.classId)
  // A change is only news to those who were told of the exam; the others hear of it as it is now.
  if (change === 'cancelled') await plan(tx, exam, 'exam-cancelled', examId, await toldOf(tx, examId, students))
  if (change === 'times') {
    const subjectId = timesSubject(examId, exam.timesRevision)
    await plan(tx, exam, 'exam-changed', subjectId, await toldOf(tx, examId, students))
  }
  await planScheduled(tx, exam, students)
}

/** Tells students who are new in a class of its exams that they can still take. */
export async function planClass(tx: Db, classId: string): Promise<void> {
  const students = await studentsOf(tx, classId)
  if (students.length === 0) return
  for (const exam of await tx.select().from(exams).where(eq(exams.classId, classId))) {
    await planScheduled(tx, exam, students)
  }
}

/** Tells a student that the result of an attempt may be seen. */
export async function planResult(tx: Db, data: EventData<'result.released'>): Promise<void> {
  const { attemptId, examId, personId, examTitle: title, releasedAt } = data
  await plan(tx, { examId, title }, 'result-released', attemptId, [personId], new Date(releasedAt))
}

async function planScheduled(tx: Db, exam: Exam, students: readonly string[]): Promise<void> {
  if (!isStillOpen(exam, new Date())) return
  await plan(tx, exam, 'exam-scheduled', exam.examId, students)
}

export const isStillOpen = ({ isCancelled, closesAt }: Exam, now: Date): boolean =>
  !isCancelled && (closesAt === null || closesAt > now)

/** The students of a class that is not archived. */
async function studentsOf(tx: Db, classId: string): Promise<string[]> {
  const rows = await tx
    .select({ personId: members.personId })
    .from(members)
    .innerJoin(classes, eq(classes.classId, members.classId))
    .where(and(eq(members.classId, classId), eq(members.role, 'student'), eq(classes.isArchived, false)))
  return rows.map(({ personId }) => personId)
}

async function toldOf(tx: Db, examId: string, students: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ personId: deliveries.personId })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.examId, examId),
        eq(deliveries.kind, 'exam-scheduled'),
        inArray(deliveries.personId, [...students]),
      ),
    )
  return rows.map(({ personId }) => personId)
}

async function plan(
  tx: Db,
  { examId, title }: Pick<Exam, 'examId' | 'title'>,
  kind: MailKind,
  subjectId: string,
  personIds: readonly string[],
  owedSince: Date | null = null,
): Promise<void> {
  if (personIds.length === 0) return
  const traceparent = currentTraceparents()(null)
  const rows = personIds.map((personId, index) => ({
    ...{ id: Bun.randomUUIDv7(), personId, kind, subjectId, examId, examTitle: title, owedSince },
    traceparent: index < mostTraced ? traceparent : null,
  }))
  await tx.insert(deliveries).values(rows).onConflictDoNothing()
}
