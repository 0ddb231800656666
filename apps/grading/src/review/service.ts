import type { ReviewFields } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { Asker } from '../access'
import { readAttemptContent } from '../results/attempt-content'
import { isCurrentResult } from '../results/attempt-state'
import { toPercent } from '../results/final-mark'
import type { MyResult } from '../results/model'
import { attempts, exams, releases, results } from '../schema'
import { buildReviewQuestion, isAnythingAllowed } from './build'
import type { Phase, Review } from './model'
import { allowedFields, phaseOf } from './phase'

/** What the student may see of their own attempt now. Throws a NotFoundError for another's and for none. */
export async function getReview(db: Db, { personId }: Asker, attemptId: string): Promise<Review> {
  const [row] = await selectOwn(db, personId, eq(attempts.attemptId, attemptId))
  if (!row) throw new NotFoundError('result')
  const { attempt, exam, result } = row
  const { phase, allowed, isOut } = judge(row)
  const review: Review = {
    ...{ attemptId, examId: exam.examId, examTitle: exam.title, number: attempt.number, phase, isReleased: isOut },
    startedAt: attempt.startedAt.toISOString(),
    sealedAt: attempt.sealedAt?.toISOString() ?? null,
    ...totalIfAllowed(row, allowed),
    questions: [],
  }
  if (!isAnythingAllowed(allowed)) return review
  for (const content of await readAttemptContent(db, exam, attempt, result)) {
    const newest = content.given.at(-1)?.mark
    const comment = newest && newest.responseDigest === content.result.responseDigest ? newest.comment : null
    review.questions.push(buildReviewQuestion({ ...content, comment }, allowed))
  }
  return review
}

/** The student's own attempts, the newest first. */
export async function listMyResults(db: Db, { personId }: Asker, { cursor, limit }: PageQuery) {
  const [before] = decodeCursor(cursor, 1) ?? []
  const rows = await selectOwn(db, personId, before ? lt(attempts.attemptId, before) : undefined).limit(limit + 1)
  return toPage(rows, limit, toMyResult, ({ attempt }) => [attempt.attemptId])
}

function toMyResult(row: OwnRow): MyResult {
  const { attempt, exam } = row
  const { allowed, isOut } = judge(row)
  return {
    ...{ attemptId: attempt.attemptId, examId: exam.examId, examTitle: exam.title, number: attempt.number },
    state: attempt.sealedAt === null ? 'open' : isOut ? 'released' : 'waiting',
    startedAt: attempt.startedAt.toISOString(),
    sealedAt: attempt.sealedAt?.toISOString() ?? null,
    canReview: isAnythingAllowed(allowed) && row.result !== null,
    ...totalIfAllowed(row, allowed),
  }
}

/** The clock is the database's, as for everything that time decides. */
function selectOwn(db: Db, personId: string, which: SQL | undefined) {
  // An attempt after which another was started has ended, although an abandoned one is never told of.
  const laterAttempt = sql`select 1 from ${attempts} as later where later.exam_id = other.exam_id and later.person_id = other.person_id and later.number > other.number`
  const isOpenAttempt = sql`select 1 from ${attempts} as other where other.exam_id = ${attempts.examId} and other.person_id = ${attempts.personId} and other.sealed_at is null and not exists (${laterAttempt})`
  return db
    .select({
      attempt: attempts,
      exam: exams,
      result: results,
      decision: releases.state,
      now: sql<string>`clock_timestamp()`,
      hasOpenAttempt: sql<boolean>`exists (${isOpenAttempt})`,
    })
    .from(attempts)
    .innerJoin(exams, eq(exams.examId, attempts.examId))
    .leftJoin(results, isCurrentResult)
    .leftJoin(releases, eq(releases.examId, attempts.examId))
    .where(and(eq(attempts.personId, personId), which))
    .orderBy(desc(attempts.attemptId))
}
type OwnRow = Awaited<ReturnType<typeof selectOwn>>[number]

function judge({ attempt, exam, result, decision, now, hasOpenAttempt }: OwnRow): {
  phase: Phase
  allowed: ReviewFields
  isOut: boolean
} {
  const phase = phaseOf({
    now: new Date(now),
    hasOpenAttempt,
    sealedAt: attempt.sealedAt,
    examClosesAt: exam.closesAt,
    ownClosesAt: attempt.closesAt,
  })
  const isComplete = result !== null && !result.needsMarking
  const isOut = isComplete && (decision ? decision === 'released' : exam.release === 'automatic')
  const isSealed = attempt.sealedAt !== null
  return { phase, allowed: allowedFields(exam.reviewOptions, phase, { sealed: isSealed, released: isOut }), isOut }
}

function totalIfAllowed({ result }: OwnRow, allowed: ReviewFields) {
  if (!result || !allowed.marks) return {}
  const { marks, maxMarks } = result
  return { marks, maxMarks, percent: toPercent(marks, maxMarks) }
}
