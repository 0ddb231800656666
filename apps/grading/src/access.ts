import type { Principal } from '@hourglass/kit/auth/principal'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, eq, inArray, or, type SQL } from 'drizzle-orm'
import { exams, members } from './schema'

export type Asker = Pick<Extract<Principal, { kind: 'person' }>, 'personId' | 'role'>
export type Exam = typeof exams.$inferSelect

/** The exams that a teacher may see results of: their own and those of classes they teach; every one for an admin. */
export function visibleExams(db: Db, { personId, role }: Asker): SQL | undefined {
  if (role === 'admin') return undefined
  const taught = db
    .select({ classId: members.classId })
    .from(members)
    .where(and(eq(members.personId, personId), eq(members.role, 'teacher')))
  return or(eq(exams.ownerId, personId), inArray(exams.classId, taught))
}

/** The exam, if the asker may see its results. Throws a NotFoundError both for another's exam and for none. */
export async function getVisibleExam(db: Db, asker: Asker, examId: string): Promise<Exam> {
  const [exam] = await db
    .select()
    .from(exams)
    .where(and(eq(exams.examId, examId), visibleExams(db, asker)))
  if (!exam) throw new NotFoundError('exam')
  return exam
}

/** Throws a NotFoundError unless the asker teaches the class or is an admin. */
export async function assertTeachesClass(db: Db, { personId, role }: Asker, classId: string): Promise<void> {
  if (role === 'admin') return
  const rows = await db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.classId, classId), eq(members.personId, personId), eq(members.role, 'teacher')))
  if (rows.length === 0) throw new NotFoundError('class')
}
