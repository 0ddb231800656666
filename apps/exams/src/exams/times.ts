import { ReviewOptions } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { loadAccess } from '../access/load-access'
import type { Access, Because } from '../access/resolve-access'
import { readClock, toInstant } from '../clock'
import type { PaperShelf } from '../papers'
import { attempts, classes, classMembers, exams, people } from '../schema'
import type { ExamRow } from './find-exam'
import type { AccessView, MyExam, MyExamPage, TimesPage } from './model'

/** Who of the class gets what time, and why. */
export async function listTimes(
  db: Db,
  exam: ExamRow,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof TimesPage>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select({ personId: classMembers.personId, groups: classMembers.groups, name: people.name })
    .from(classMembers)
    .leftJoin(people, eq(people.personId, classMembers.personId))
    .where(
      and(
        eq(classMembers.classId, exam.classId),
        eq(classMembers.role, 'student'),
        after ? sql`${classMembers.personId}::text > ${after}` : undefined,
      ),
    )
    .orderBy(asc(classMembers.personId))
    .limit(limit + 1)
  const accessOf = await loadAccess(
    db,
    [exam],
    rows.map(({ personId }) => personId),
  )
  return toPage(
    rows,
    limit,
    ({ personId, groups, name }) => ({ personId, name: name ?? '', groups, access: toView(accessOf(exam, personId)) }),
    ({ personId }) => [personId],
  )
}

/** A student's exams, the latest made first: what, when, how long for them, and why. */
export async function listMyExams(
  db: Db,
  shelf: PaperShelf,
  personId: string,
  { cursor, limit }: PageQuery,
): Promise<z.infer<typeof MyExamPage>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select({ exam: exams, className: classes.name })
    .from(exams)
    .innerJoin(
      classMembers,
      and(
        eq(classMembers.classId, exams.classId),
        eq(classMembers.personId, personId),
        eq(classMembers.role, 'student'),
      ),
    )
    .leftJoin(classes, eq(classes.classId, exams.classId))
    .where(and(eq(exams.isCancelled, false), after ? sql`${exams.id}::text < ${after}` : undefined))
    .orderBy(desc(exams.id))
    .limit(limit + 1)
  const page = toPage(
    rows,
    limit,
    (row) => row,
    ({ exam }) => [exam.id],
  )
  const list = page.items.map(({ exam }) => exam)
  const accessOf = await loadAccess(db, list, [personId])
  const sat = list.length === 0 ? [] : await findSat(db, list, personId)
  const satOf = Map.groupBy(sat, ({ examId }) => examId)
  const now = await readClock(db)
  const items = page.items.map(async ({ exam, className }): Promise<MyExam> => {
    const access = accessOf(exam, personId)
    const its = satOf.get(exam.id) ?? []
    const open = its.find(({ state }) => state === 'open') ?? null
    return {
      examId: exam.id,
      title: exam.title,
      className,
      state: stateOf(access, { isRunning: open !== null, used: its.length }, now),
      access: toView(access),
      attemptsUsed: its.length,
      openAttemptId: open?.id ?? null,
      attempts: its.map(({ id, number, state, startedAt, deadline, sealedAt }) => ({
        attemptId: id,
        number,
        state,
        startedAt: startedAt.toISOString(),
        deadline: toInstant(deadline),
        sealedAt: toInstant(sealedAt),
      })),
      questionCount: await countQuestions(shelf, exam.paperDigest),
      overduePolicy: exam.overduePolicy,
      graceSeconds: exam.graceSeconds,
      layout: exam.layout,
      certainty: exam.certainty,
      negativeMarks: exam.negativeMarks,
      pasteAllowed: exam.pasteAllowed,
      reviewOptions: ReviewOptions.parse(exam.reviewOptions),
      serverTime: now.toISOString(),
    }
  })
  return { items: await Promise.all(items), next: page.next }
}

const findSat = (db: Db, list: readonly ExamRow[], personId: string) =>
  db
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.personId, personId),
        inArray(
          attempts.examId,
          list.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(asc(attempts.number))

function stateOf(
  access: Access,
  { isRunning, used }: { isRunning: boolean; used: number },
  now: Date,
): MyExam['state'] {
  if (isRunning) return 'running'
  const [opensAt, closesAt, allowed] = [access.opensAt.value, access.closesAt.value, access.attemptsAllowed.value]
  if (allowed !== null && used >= allowed) return 'done'
  if (closesAt && now >= closesAt) return 'closed'
  return opensAt && now < opensAt ? 'upcoming' : 'open'
}

/** As many as each attempt holds, without what only informs. A question drawn from a pool is counted as one to answer. */
async function countQuestions(shelf: PaperShelf, digest: string): Promise<number> {
  const paper = await shelf.paperOf(digest)
  const descriptions = new Set(paper.questions.filter(({ type }) => type === 'description').map(({ id }) => id))
  const items = paper.sections.flatMap((section) => section.items)
  return items.reduce(
    (count, item) =>
      count +
      (item.kind === 'draw' ? Math.min(item.count, item.pool.length) : descriptions.has(item.questionId) ? 0 : 1),
    0,
  )
}

export function toView(access: Access): AccessView {
  const because = ({ rule, group, accommodation, why }: Because) => ({ rule, group, accommodation, why })
  const { opensAt, closesAt, limitSeconds, attemptsAllowed, passwordHashes } = access
  return {
    opensAt: { value: toInstant(opensAt.value), ...because(opensAt) },
    closesAt: { value: toInstant(closesAt.value), from: toInstant(closesAt.from), ...because(closesAt) },
    limitSeconds: { value: limitSeconds.value, from: limitSeconds.from, ...because(limitSeconds) },
    attemptsAllowed: { value: attemptsAllowed.value, ...because(attemptsAllowed) },
    needsPassword: { value: passwordHashes.value.length > 0, ...because(passwordHashes) },
  }
}
