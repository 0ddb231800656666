import type { Db } from '@hourglass/kit/db/connect'
import { BadRequestError } from '@hourglass/kit/errors'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { type Asker, assertTeachesClass, type Exam, getVisibleExam, visibleExams } from '../access'
import { attempts, exams, members, people, results } from '../schema'
import { isCurrentResult } from './attempt-state'
import { toCsv } from './csv'
import { type AttemptTotal, combineAttempts } from './final-mark'
import type { Gradebook } from './model'

/**
 * Students × exams with each final mark by the exam's grading method: the students of the class, and whoever sat one of the
 * exams. Throws a BadRequestError unless exactly one of exam and class is named, a NotFoundError for what is not the asker's.
 */
export async function getGradebook(
  db: Db,
  asker: Asker,
  ask: { examId?: string; classId?: string },
): Promise<Gradebook> {
  const shown = await listExams(db, asker, ask)
  const classIds = [...new Set([...shown.map(({ classId }) => classId), ...(ask.classId ? [ask.classId] : [])])]
  const totals = await readTotals(db, shown)
  const students = await listStudents(db, classIds, [...totals.keys()])
  const maxima = new Map<string, string>()
  const rows = students.map(({ personId, name, email }) => ({
    ...{ personId, name, email },
    results: shown.map(({ examId, gradingMethod }) => {
      const own = totals.get(personId)?.get(examId) ?? []
      const final = combineAttempts(gradingMethod, own)
      if (final.maxMarks !== null) maxima.set(examId, final.maxMarks)
      return { examId, attempts: own.length, ...final }
    }),
  }))
  return {
    exams: shown.map(({ examId, title, gradingMethod }) => ({
      ...{ examId, title, gradingMethod, maxMarks: maxima.get(examId) ?? null },
    })),
    students: rows,
  }
}

/** One row a student, one column an exam; an empty cell where there is no mark yet. */
export function gradebookToCsv({ exams: shown, students }: Gradebook): string {
  const heads = shown.flatMap(({ title, maxMarks }) => [
    `${title}${maxMarks ? ` (of ${maxMarks})` : ''}`,
    `${title} (%)`,
  ])
  const rows = students.map(({ name, email, results: own }) => [
    ...[name, email],
    ...own.flatMap(({ marks, percent }) => [marks ?? '', percent ?? '']),
  ])
  return toCsv([['Name', 'E-mail', ...heads], ...rows])
}

async function listExams(
  db: Db,
  asker: Asker,
  { examId, classId }: { examId?: string; classId?: string },
): Promise<Exam[]> {
  if ((examId === undefined) === (classId === undefined)) {
    throw new BadRequestError('exam-or-class', 'Name an exam or a class, and not both.')
  }
  if (examId !== undefined) return [await getVisibleExam(db, asker, examId)]
  await assertTeachesClass(db, asker, classId ?? '')
  return db
    .select()
    .from(exams)
    .where(and(eq(exams.classId, classId ?? ''), eq(exams.isCancelled, false), visibleExams(db, asker)))
    .orderBy(asc(exams.examId))
}

/** By person, then exam. */
async function readTotals(db: Db, shown: readonly Exam[]): Promise<Map<string, Map<string, AttemptTotal[]>>> {
  const totals = new Map<string, Map<string, AttemptTotal[]>>()
  if (shown.length === 0) return totals
  const rows = await db
    .select({ attempt: attempts, result: results })
    .from(attempts)
    .leftJoin(results, isCurrentResult)
    .where(
      inArray(
        attempts.examId,
        shown.map(({ examId }) => examId),
      ),
    )
  for (const { attempt, result } of rows) {
    const own = totals.get(attempt.personId) ?? new Map<string, AttemptTotal[]>()
    const isMarked = attempt.sealedAt !== null && result !== null && !result.needsMarking
    const { number, examId } = attempt
    const each = { number, marks: isMarked ? result.marks : null, maxMarks: result?.maxMarks ?? '0' }
    totals.set(attempt.personId, own.set(examId, [...(own.get(examId) ?? []), each]))
  }
  return totals
}

async function listStudents(db: Db, classIds: readonly string[], sat: readonly string[]) {
  const enrolled = await db
    .select({ personId: members.personId })
    .from(members)
    .where(and(inArray(members.classId, [...classIds]), eq(members.role, 'student')))
  const ids = [...new Set([...enrolled.map(({ personId }) => personId), ...sat])]
  if (ids.length === 0) return []
  const known = await db.select().from(people).where(inArray(people.personId, ids))
  const personOf = new Map(known.map((person) => [person.personId, person]))
  return ids
    .map((personId) => ({
      personId,
      name: personOf.get(personId)?.name ?? '',
      email: personOf.get(personId)?.email ?? '',
    }))
    .sort((a, b) => a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1))
}
