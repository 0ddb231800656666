import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, sql } from 'drizzle-orm'
import { isMember } from '../access/load-access'
import { recomputeDeadlines } from '../access/recompute'
import { hashPassword } from '../attempts/password'
import type { AuditAction } from '../audit/actions'
import { recordAudit } from '../audit/record'
import { readClock, toInstant } from '../clock'
import { findTaughtExam, type Teacher } from '../exams/find-exam'
import { lockExam } from '../exams/service'
import { overrides } from '../schema'
import type { NewOverride, Override, OverrideChange } from './model'

type OverrideRow = typeof overrides.$inferSelect
type Fields = Pick<NewOverride, 'opensAt' | 'closesAt' | 'limitSeconds' | 'attemptsAllowed' | 'password'>
export type Changed<T> = { answer: T; moved: string[] }

const names = ['opensAt', 'closesAt', 'limitSeconds', 'attemptsAllowed'] as const

/** Makes an exception; the attempts under way that it is for get the end that follows, and are answered as `moved`. */
export async function createOverride(
  tx: Db,
  teacher: Teacher,
  input: NewOverride,
  networkGraceSeconds: number,
): Promise<Changed<Override>> {
  const seen = await findTaughtExam(tx, teacher, input.examId)
  const { examId, personId = null, group = null, reason } = input
  if ((personId === null) === (group === null)) {
    throw new UnprocessableError('one-target', 'An override is for one student or for one group.')
  }
  if (personId !== null && !(await isMember(tx, seen.classId, personId, 'student')))
    throw new NotFoundError('student in the class')
  const values = await toValues(input)
  await lockExam(tx, examId)
  const [row] = await tx
    .insert(overrides)
    .values({ id: Bun.randomUUIDv7(), examId, personId, group, reason, ...values })
    .onConflictDoNothing()
    .returning()
  if (!row) throw new ConflictError('override-exists', 'There is an override for them already. Change that one.')
  return { answer: toOverride(row), moved: await settle(tx, teacher, row, 'override made', networkGraceSeconds) }
}

export async function changeOverride(
  db: Db,
  teacher: Teacher,
  overrideId: string,
  input: OverrideChange,
  networkGraceSeconds: number,
): Promise<Changed<Override>> {
  const before = await findOverride(db, teacher, overrideId)
  const { overridden, passwordHash, ...values } = await toValues(input)
  const keeps = input.keepPassword && input.password === undefined && before.overridden.includes('passwordHash')
  const secret = keeps
    ? { overridden: [...overridden, 'passwordHash'], passwordHash: before.passwordHash }
    : { overridden, passwordHash }
  return db.transaction(async (tx) => {
    await lockExam(tx, before.examId)
    const [row] = await tx
      .update(overrides)
      .set({ ...values, ...secret, reason: input.reason })
      .where(eq(overrides.id, overrideId))
      .returning()
    if (!row) throw new NotFoundError('override')
    return { answer: toOverride(row), moved: await settle(tx, teacher, row, 'override changed', networkGraceSeconds) }
  })
}

export async function deleteOverride(
  db: Db,
  teacher: Teacher,
  overrideId: string,
  networkGraceSeconds: number,
): Promise<string[]> {
  const before = await findOverride(db, teacher, overrideId)
  return db.transaction(async (tx) => {
    await lockExam(tx, before.examId)
    const [row] = await tx.delete(overrides).where(eq(overrides.id, overrideId)).returning()
    return row ? settle(tx, teacher, row, 'override removed', networkGraceSeconds) : []
  })
}

export async function listOverrides(db: Db, teacher: Teacher, examId: string, { cursor, limit }: PageQuery) {
  await findTaughtExam(db, teacher, examId)
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select()
    .from(overrides)
    .where(and(eq(overrides.examId, examId), after ? sql`${overrides.id}::text > ${after}` : undefined))
    .orderBy(asc(overrides.id))
    .limit(limit + 1)
  return toPage(rows, limit, toOverride, (row) => [row.id])
}

async function findOverride(db: Db, teacher: Teacher, overrideId: string): Promise<OverrideRow> {
  const [row] = await db.select().from(overrides).where(eq(overrides.id, overrideId))
  if (!row) throw new NotFoundError('override')
  await findTaughtExam(db, teacher, row.examId).catch((error) => {
    throw error instanceof NotFoundError ? new NotFoundError('override') : error
  })
  return row
}

/** Audit and new ends. Group or person alike: all open attempts of the exam are looked at, few of them move. */
async function settle(tx: Db, teacher: Teacher, row: OverrideRow, action: AuditAction, networkGraceSeconds: number) {
  const { examId, personId, group, overridden, reason } = row
  const { hasPassword: _, ...shown } = toOverride(row)
  const details = { ...shown, overridden, personId, group, reason }
  const at = await readClock(tx)
  await recordAudit(tx, [{ examId, at, actorId: teacher.personId, action, details }])
  return recomputeDeadlines(
    tx,
    { examIds: [examId] },
    { actorId: teacher.personId, reason: action },
    networkGraceSeconds,
  )
}

async function toValues(input: Fields) {
  const { opensAt, closesAt, limitSeconds, attemptsAllowed, password } = input
  const overridden: string[] = names.filter((name) => input[name] !== undefined)
  if (password !== undefined) overridden.push('passwordHash')
  return {
    overridden,
    opensAt: opensAt ? new Date(opensAt) : null,
    closesAt: closesAt ? new Date(closesAt) : null,
    limitSeconds: limitSeconds ?? null,
    attemptsAllowed: attemptsAllowed ?? null,
    passwordHash: password ? await hashPassword(password) : null,
  }
}

function toOverride(row: OverrideRow): Override {
  const { id: overrideId, examId, personId, group, reason } = row
  const has = (name: string) => row.overridden.includes(name)
  return {
    overrideId,
    examId,
    personId,
    group,
    reason,
    ...(has('opensAt') ? { opensAt: toInstant(row.opensAt) } : {}),
    ...(has('closesAt') ? { closesAt: toInstant(row.closesAt) } : {}),
    ...(has('limitSeconds') ? { limitSeconds: row.limitSeconds } : {}),
    ...(has('attemptsAllowed') ? { attemptsAllowed: row.attemptsAllowed } : {}),
    ...(has('passwordHash') ? { hasPassword: row.passwordHash !== null } : {}),
  }
}
