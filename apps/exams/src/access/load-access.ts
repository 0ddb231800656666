import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, inArray, isNotNull, or } from 'drizzle-orm'
import { accommodations, classMembers, overrides } from '../schema'
import { type Access, type AccessFields, type OverrideFields, resolveAccess } from './resolve-access'

export type ExamAccess = AccessFields & { id: string; classId: string }
export type OverrideRow = typeof overrides.$inferSelect

/** Reads all the rules for these exams and people at once; answers what resolves one person's access to one exam. */
export async function loadAccess(
  db: Db,
  examList: readonly ExamAccess[],
  personIds: readonly string[],
): Promise<(exam: ExamAccess, personId: string) => Access> {
  const { overrideRows, memberRows, accommodationRows } = await readRules(db, examList, personIds)
  const accommodationOf = new Map(accommodationRows.map((row) => [row.personId, row]))
  const ofExam = Map.groupBy(overrideRows, ({ examId }) => examId)
  const groupsOf = new Map(memberRows.map((row) => [`${row.classId}/${row.personId}`, row.groups]))
  return (exam, personId) => {
    const all = ofExam.get(exam.id) ?? []
    const memberOf = groupsOf.get(`${exam.classId}/${personId}`) ?? []
    const own = all.find((row) => row.personId === personId)
    return resolveAccess({
      exam,
      own: own ? fieldsOf(own) : null,
      groups: all.flatMap((row) =>
        row.group !== null && memberOf.includes(row.group) ? [{ group: row.group, fields: fieldsOf(row) }] : [],
      ),
      accommodation: accommodationOf.get(personId) ?? null,
    })
  }
}

async function readRules(db: Db, examList: readonly ExamAccess[], personIds: readonly string[]) {
  if (examList.length === 0 || personIds.length === 0)
    return { overrideRows: [], memberRows: [], accommodationRows: [] }
  const people = [...personIds]
  const examIds = examList.map(({ id }) => id)
  const classIds = [...new Set(examList.map(({ classId }) => classId))]
  const isTheirs = or(inArray(overrides.personId, people), isNotNull(overrides.group))
  const isMemberHere = and(inArray(classMembers.classId, classIds), inArray(classMembers.personId, people))
  // At once: a transaction's connection passes them on without waiting for each.
  const [overrideRows, memberRows, accommodationRows] = await Promise.all([
    db
      .select()
      .from(overrides)
      .where(and(inArray(overrides.examId, examIds), isTheirs)),
    db.select().from(classMembers).where(isMemberHere),
    db.select().from(accommodations).where(inArray(accommodations.personId, people)),
  ])
  return { overrideRows, memberRows, accommodationRows }
}

export const loadAccessOf = async (db: Db, exam: ExamAccess, personId: string): Promise<Access> =>
  (await loadAccess(db, [exam], [personId]))(exam, personId)

export function fieldsOf(row: OverrideRow): OverrideFields {
  const { opensAt, closesAt, limitSeconds, attemptsAllowed, passwordHash } = row
  const all = { opensAt, closesAt, limitSeconds, attemptsAllowed, passwordHash }
  return Object.fromEntries(Object.entries(all).filter(([field]) => row.overridden.includes(field)))
}

export const isMember = async (db: Db, classId: string, personId: string, role: 'student' | 'teacher') =>
  (await db.$count(
    classMembers,
    and(eq(classMembers.classId, classId), eq(classMembers.personId, personId), eq(classMembers.role, role)),
  )) > 0
