import type { Role } from '@hourglass/kit/auth/principal'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { eq } from 'drizzle-orm'
import { isMember } from '../access/load-access'
import { attempts, exams } from '../schema'

export type ExamRow = typeof exams.$inferSelect
export type Teacher = { personId: string; role: Role }

/** The exam if this teacher runs it: its owner, a teacher of its class, an admin. Else a NotFoundError. */
export async function findTaughtExam(db: Db, teacher: Teacher, examId: string): Promise<ExamRow> {
  const [exam] = await db.select().from(exams).where(eq(exams.id, examId))
  if (!exam || !(await mayRun(db, teacher, exam))) throw new NotFoundError('exam')
  return exam
}

export async function findTaughtAttempt(db: Db, teacher: Teacher, attemptId: string) {
  const [row] = await db
    .select({ attempt: attempts, exam: exams })
    .from(attempts)
    .innerJoin(exams, eq(exams.id, attempts.examId))
    .where(eq(attempts.id, attemptId))
  if (!row || !(await mayRun(db, teacher, row.exam))) throw new NotFoundError('attempt')
  return row
}

const mayRun = async (db: Db, { personId, role }: Teacher, exam: ExamRow): Promise<boolean> =>
  role === 'admin' || exam.ownerId === personId || (await isMember(db, exam.classId, personId, 'teacher'))
