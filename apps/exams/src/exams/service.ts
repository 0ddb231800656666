import { ReviewOptions } from '@hourglass/events/contracts'
import { emit } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { and, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { isMember } from '../access/load-access'
import { recomputeDeadlines } from '../access/recompute'
import { hashPassword } from '../attempts/password'
import { recordAudit } from '../audit/record'
import { readClock, toInstant } from '../clock'
import { attempts, classes, classMembers, exams, outbox, versions } from '../schema'
import { type ExamRow, findTaughtExam, type Teacher } from './find-exam'
import type { Exam, ExamChange, NewExam } from './model'

/**
 * Schedules an exam: its rules, its class and the version that every attempt will pin. Throws a NotFoundError for a class that
 * is not the teacher's, an UnprocessableError for a version that is not published or times that cannot be.
 */
export async function createExam(tx: Db, teacher: Teacher, input: NewExam): Promise<Exam> {
  const [room] = await tx.select().from(classes).where(eq(classes.classId, input.classId))
  const mayTeach = teacher.role === 'admin' || (await isMember(tx, input.classId, teacher.personId, 'teacher'))
  if (!room || !mayTeach) throw new NotFoundError('class')
  if (room.isArchived) throw new UnprocessableError('class-archived', 'The class is archived.')
  const version = await findVersion(tx, input.versionDigest)
  const { password, title, opensAt, closesAt, ...settings } = input
  const now = await readClock(tx)
  const values = {
    ...settings,
    id: Bun.randomUUIDv7(),
    revision: 1,
    title: title ?? version.title,
    ownerId: teacher.personId,
    paperDigest: version.paperDigest,
    keyDigest: version.keyDigest,
    opensAt: opensAt ? new Date(opensAt) : null,
    closesAt: closesAt ? new Date(closesAt) : null,
    passwordHash: password === null ? null : await hashPassword(password),
    createdAt: now,
    updatedAt: now,
  }
  assertWindow(values)
  const [exam] = await tx.insert(exams).values(values).returning()
  if (!exam) throw new Error('insert returned no row')
  await emit(tx, outbox, 'exam.scheduled', toEvent(exam))
  const details = { ...settings, title: exam.title, opensAt, closesAt, hasPassword: password !== null }
  await recordAudit(tx, [{ examId: exam.id, at: now, actorId: teacher.personId, action: 'exam scheduled', details }])
  return toExam(tx, exam)
}

/**
 * Changes an exam; open attempts get the end that follows. Throws a ConflictError (`stale-revision`) when somebody changed it
 * before, and (`already-started`) for what no attempt may see change: version and marking. Answers the attempts that moved too.
 */
export async function changeExam(
  db: Db,
  teacher: Teacher,
  examId: string,
  input: ExamChange,
  networkGraceSeconds: number,
): Promise<{ exam: Exam; moved: string[] }> {
  await findTaughtExam(db, teacher, examId)
  const { revision, password, opensAt, closesAt, versionDigest, ...settings } = input
  const passwordHash = password ? await hashPassword(password) : password
  return db.transaction(async (tx) => {
    const before = await lockExam(tx, examId)
    assertRevision(before, revision)
    if (before.isCancelled) throw new ConflictError('cancelled', 'The exam was cancelled.')
    const changesMarking = (['certainty', 'negativeMarks'] as const).some(
      (name) => settings[name] !== undefined && settings[name] !== before[name],
    )
    const changesVersion = versionDigest !== undefined && versionDigest !== before.versionDigest
    if ((changesMarking || changesVersion) && (await hasAttempts(tx, examId))) {
      throw new ConflictError('already-started', 'Students have started: version, certainty and negative marks stay.')
    }
    const version = changesVersion ? await findVersion(tx, versionDigest) : null
    const now = await readClock(tx)
    const after = {
      ...settings,
      ...(passwordHash === undefined ? {} : { passwordHash }),
      ...(opensAt === undefined ? {} : { opensAt: opensAt === null ? null : new Date(opensAt) }),
      ...(closesAt === undefined ? {} : { closesAt: closesAt === null ? null : new Date(closesAt) }),
      ...(version
        ? { versionDigest: version.digest, paperDigest: version.paperDigest, keyDigest: version.keyDigest }
        : {}),
      revision: before.revision + 1,
      updatedAt: now,
    }
    assertWindow({ ...before, ...after })
    const [exam] = await tx.update(exams).set(after).where(eq(exams.id, examId)).returning()
    if (!exam) throw new Error('update returned no row')
    await emit(tx, outbox, 'exam.changed', toEvent(exam))
    const { password: _, ...details } = input
    await recordAudit(tx, [{ examId, at: now, actorId: teacher.personId, action: 'exam changed', details }])
    const because = { actorId: teacher.personId, reason: 'exam changed' }
    const moved = await recomputeDeadlines(tx, { examIds: [examId] }, because, networkGraceSeconds)
    return { exam: await toExam(tx, exam), moved }
  })
}

/** Cancels an exam that nobody has started; it stays visible as cancelled. */
export async function cancelExam(db: Db, teacher: Teacher, examId: string): Promise<void> {
  await findTaughtExam(db, teacher, examId)
  await db.transaction(async (tx) => {
    const before = await lockExam(tx, examId)
    if (before.isCancelled) return
    if (await hasAttempts(tx, examId)) {
      throw new ConflictError('already-started', 'Students have started: the exam can be closed, not cancelled.')
    }
    const now = await readClock(tx)
    const change = { isCancelled: true, revision: before.revision + 1, updatedAt: now }
    const [exam] = await tx.update(exams).set(change).where(eq(exams.id, examId)).returning()
    if (!exam) throw new Error('update returned no row')
    await emit(tx, outbox, 'exam.changed', toEvent(exam))
    await recordAudit(tx, [{ examId, at: now, actorId: teacher.personId, action: 'exam cancelled' }])
  })
}

export async function listExams(db: Db, { personId, role }: Teacher, { cursor, limit }: PageQuery) {
  const [after] = decodeCursor(cursor, 1) ?? []
  const taught = db
    .select({ classId: classMembers.classId })
    .from(classMembers)
    .where(and(eq(classMembers.personId, personId), eq(classMembers.role, 'teacher')))
  const rows = await db
    .select()
    .from(exams)
    .where(
      and(
        role === 'admin' ? undefined : or(eq(exams.ownerId, personId), inArray(exams.classId, taught)),
        after ? sql`${exams.id}::text < ${after}` : undefined,
      ),
    )
    .orderBy(desc(exams.id))
    .limit(limit + 1)
  const page = toPage(
    rows,
    limit,
    (row) => row,
    (row) => [row.id],
  )
  return { ...page, items: await toExams(db, page.items) }
}

export const getExam = async (db: Db, teacher: Teacher, examId: string): Promise<Exam> =>
  toExam(db, await findTaughtExam(db, teacher, examId))

/** The exam's row, held until the transaction ends: no attempt starts meanwhile. */
export async function lockExam(tx: Db, examId: string): Promise<ExamRow> {
  const [exam] = await tx.select().from(exams).where(eq(exams.id, examId)).for('update')
  if (!exam) throw new NotFoundError('exam')
  return exam
}

const hasAttempts = async (tx: Db, examId: string) => (await tx.$count(attempts, eq(attempts.examId, examId))) > 0

async function findVersion(tx: Db, digest: string) {
  const [version] = await tx.select().from(versions).where(eq(versions.digest, digest))
  if (version) return version
  const message =
    'No published version with this digest has reached the exam room. Just published? Try again in a moment.'
  throw new UnprocessableError('unknown-version', message)
}

function assertRevision(exam: ExamRow, revision: number): void {
  if (exam.revision === revision) return
  throw new ConflictError(
    'stale-revision',
    `The exam was changed at ${exam.updatedAt.toISOString()} by somebody else.`,
    {
      revision: exam.revision,
    },
  )
}

function assertWindow({ opensAt, closesAt }: { opensAt: Date | null; closesAt: Date | null }): void {
  if (opensAt && closesAt && closesAt <= opensAt) {
    throw new UnprocessableError('bad-window', 'The exam closes before it opens.')
  }
}

const toExam = async (db: Db, row: ExamRow): Promise<Exam> => {
  const [exam] = await toExams(db, [row])
  if (!exam) throw new Error('no exam')
  return exam
}

async function toExams(db: Db, rows: readonly ExamRow[]): Promise<Exam[]> {
  if (rows.length === 0) return []
  const classIds = [...new Set(rows.map(({ classId }) => classId))]
  const named = await db.select().from(classes).where(inArray(classes.classId, classIds))
  const nameOf = new Map(named.map(({ classId, name }) => [classId, name]))
  const serverTime = (await readClock(db)).toISOString()
  return rows.map(({ id, passwordHash, ...row }) => ({
    ...row,
    examId: id,
    className: nameOf.get(row.classId) ?? null,
    hasPassword: passwordHash !== null,
    opensAt: toInstant(row.opensAt),
    closesAt: toInstant(row.closesAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    reviewOptions: ReviewOptions.parse(row.reviewOptions),
    serverTime,
  }))
}

const toEvent = ({ id: examId, ...exam }: ExamRow) => ({
  ...exam,
  examId,
  opensAt: toInstant(exam.opensAt),
  closesAt: toInstant(exam.closesAt),
  reviewOptions: ReviewOptions.parse(exam.reviewOptions),
})
