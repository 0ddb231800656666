import { emit, eventIdOf } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError } from '@hourglass/kit/errors'
import { arrangePaper, questionIdsOf } from '@hourglass/questions/arrange'
import { and, asc, eq } from 'drizzle-orm'
import { deadlineOf, sealDueAtOf } from '../access/deadline'
import { isMember, loadAccessOf } from '../access/load-access'
import { lockPerson } from '../access/locks'
import type { Access } from '../access/resolve-access'
import { recordAudit } from '../audit/record'
import { readClock } from '../clock'
import type { PaperShelf } from '../papers'
import { attempts, exams, outbox } from '../schema'
import { sealLockedDue } from '../seal/sealer'
import type { AttemptRow } from './find-attempt'
import type { NewAttempt } from './model'
import type { PasswordGate } from './password'

type ExamRow = typeof exams.$inferSelect
type Parts = { db: Db; shelf: PaperShelf; gate: PasswordGate; networkGraceSeconds: number }

/** `begunAt`: the exam at which it has begun just now; `null` for one that was open before. */
export type Started = { attempt: AttemptRow; begunAt: ExamRow | null }

/**
 * Starts a student's next attempt, or answers the open one: from another device, after a crash. Pins version, seed and end by the
 * database's clock. Throws a NotFoundError for an exam that is not theirs, a ConflictError that says why it cannot be
 * started now, a ForbiddenError about its password.
 */
export async function startAttempt(parts: Parts, personId: string, input: NewAttempt): Promise<Started> {
  const { db, shelf, gate, networkGraceSeconds } = parts
  const seen = await findSittableExam(db, input.examId, personId)
  const before = await loadAccessOf(db, seen, personId)
  const hashes = before.passwordHashes.value
  // Whoever sits already does not say it again.
  if (hashes.length > 0 && !(await findOpen(db, seen.id, personId))) {
    await gate.assertOpens(`${seen.id}:${personId}`, input.password, hashes)
  }
  const paper = await shelf.paperOf(seen.paperDigest)
  return db.transaction(async (tx) => {
    await lockPerson(tx, personId)
    const [now, exam] = await lockExam(tx, input.examId)
    const existing = await tx
      .select()
      .from(attempts)
      .where(and(eq(attempts.examId, exam.id), eq(attempts.personId, personId)))
      .orderBy(asc(attempts.number))
      .for('update')
    const running = existing.find(({ state }) => state === 'open')
    if (running && !isDue(running, now)) return { attempt: running, begunAt: null }
    if (running) await sealLockedDue(tx, [running])
    const access = await loadAccessOf(tx, exam, personId)
    assertStartable(exam, access, existing.length, now)
    const isSame = exam.paperDigest === seen.paperDigest && access.passwordHashes.value.join() === hashes.join()
    if (!isSame) {
      throw new ConflictError('changed', 'The exam was changed this very moment. Try again.')
    }
    const seed = crypto.randomUUID()
    const arrangement = { shuffleQuestions: exam.shuffleQuestions, shuffleOptions: exam.shuffleOptions }
    const [limitSeconds, closesAt] = [access.limitSeconds.value, access.closesAt.value]
    const deadline = deadlineOf({ startedAt: now, limitSeconds, closesAt, shiftMs: 0 })
    const [attempt] = await tx
      .insert(attempts)
      .values({
        id: Bun.randomUUIDv7(),
        examId: exam.id,
        personId,
        number: existing.length + 1,
        state: 'open',
        seed,
        versionDigest: exam.versionDigest,
        paperDigest: exam.paperDigest,
        ...arrangement,
        certainty: exam.certainty,
        questionIds: questionIdsOf(arrangePaper(paper, seed, arrangement)),
        startedAt: now,
        limitSeconds,
        closesAt,
        deadline,
        sealDueAt: sealDueAtOf({ deadline, pausedAt: null }, exam, networkGraceSeconds),
      })
      .returning()
    if (!attempt) throw new Error('insert returned no row')
    await tellStarted(tx, attempt)
    return { attempt, begunAt: exam }
  })
}

async function tellStarted(tx: Db, { id: attemptId, examId, personId, number, startedAt, deadline }: AttemptRow) {
  const data = { attemptId, examId, personId, number, startedAt: startedAt.toISOString() }
  const details = { number, deadline: deadline?.toISOString() ?? null }
  await Promise.all([
    emit(tx, outbox, 'attempt.started', data, { id: eventIdOf(attemptId, 'started') }),
    recordAudit(tx, [{ examId, at: startedAt, actorId: personId, action: 'attempt started', attemptId, details }]),
  ])
}

/** The exam if this person sits it as a student of its class, or already has an attempt at it. */
async function findSittableExam(db: Db, examId: string, personId: string): Promise<ExamRow> {
  const [exam] = await db.select().from(exams).where(eq(exams.id, examId))
  if (!exam) throw new NotFoundError('exam')
  if (await isMember(db, exam.classId, personId, 'student')) return exam
  if (await findOpen(db, examId, personId)) return exam
  throw new NotFoundError('exam')
}

/** Shared by all who start; whoever changes the exam's rules waits for them, and they for it. */
async function lockExam(tx: Db, examId: string): Promise<[now: Date, exam: ExamRow]> {
  const [exam] = await tx.select().from(exams).where(eq(exams.id, examId)).for('share')
  if (!exam) throw new NotFoundError('exam')
  return [await readClock(tx), exam]
}

const findOpen = async (db: Db, examId: string, personId: string) =>
  (await db.$count(
    attempts,
    and(eq(attempts.examId, examId), eq(attempts.personId, personId), eq(attempts.state, 'open')),
  )) > 0

const isDue = ({ sealDueAt }: AttemptRow, now: Date) => sealDueAt !== null && sealDueAt <= now

function assertStartable(exam: ExamRow, access: Access, used: number, now: Date): void {
  const [opensAt, closesAt, allowed] = [access.opensAt.value, access.closesAt.value, access.attemptsAllowed.value]
  if (exam.isCancelled) throw new ConflictError('cancelled', 'This exam was cancelled.')
  if (opensAt && now < opensAt) {
    const at = opensAt.toISOString()
    throw new ConflictError('not-open-yet', `This exam opens for you at ${at}.`, {
      opensAt: at,
      serverTime: now.toISOString(),
    })
  }
  if (closesAt && now >= closesAt) {
    const at = closesAt.toISOString()
    throw new ConflictError('closed', `This exam closed for you at ${at}.`, {
      closesAt: at,
      serverTime: now.toISOString(),
    })
  }
  if (allowed !== null && used >= allowed) {
    throw new ConflictError('no-attempts-left', `You have used ${used} of ${allowed} attempts.`, { used, allowed })
  }
}
