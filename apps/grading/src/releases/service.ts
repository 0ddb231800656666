import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { type Asker, type Exam, getVisibleExam, visibleExams } from '../access'
import { attempts, exams, people, releases, results } from '../schema'
import type { Release } from './model'
import { tellReleased } from './tell'

/**
 * Lets students see the complete results of an exam now, and the others as they are completed. Doing it again changes nothing.
 * Throws a NotFoundError for an exam that is not the asker's. `tx` is a transaction.
 */
export async function releaseExam(tx: Db, asker: Asker, examId: string): Promise<Release> {
  const exam = await decide(tx, asker, examId, 'released')
  await tellReleased(tx, exam)
  return getRelease(tx, asker, examId)
}

/** Takes the results of an exam back from the students' view; those who were told already are not told again later. */
export async function withdrawRelease(db: Db, asker: Asker, examId: string): Promise<Release> {
  return db.transaction(async (tx) => {
    await decide(tx, asker, examId, 'withdrawn')
    return getRelease(tx, asker, examId)
  })
}

async function decide(tx: Db, asker: Asker, examId: string, state: 'released' | 'withdrawn'): Promise<Exam> {
  await getVisibleExam(tx, asker, examId)
  // Alone: whoever marks holds it shared, so a result is either seen here or sees this decision.
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, examId)).for('update')
  if (!exam) throw new NotFoundError('exam')
  const decision = { state, decidedBy: asker.personId, decidedAt: new Date() }
  await tx
    .insert(releases)
    .values({ examId, ...decision })
    .onConflictDoUpdate({ target: releases.examId, set: decision, setWhere: sql`${releases.state} <> ${state}` })
  return exam
}

export async function getRelease(db: Db, asker: Asker, examId: string): Promise<Release> {
  await getVisibleExam(db, asker, examId)
  const [row] = await selectReleases(db).where(eq(exams.examId, examId))
  if (!row) throw new NotFoundError('exam')
  return toRelease(row)
}

/** The exams that the asker may see, with what was decided for each. */
export async function listReleases(db: Db, asker: Asker, { cursor, limit, examId }: PageQuery & { examId?: string }) {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await selectReleases(db)
    .where(
      and(
        visibleExams(db, asker),
        examId ? eq(exams.examId, examId) : undefined,
        after ? gt(exams.examId, after) : undefined,
      ),
    )
    .orderBy(asc(exams.examId))
    .limit(limit + 1)
  return toPage(rows, limit, toRelease, ({ exam }) => [exam.examId])
}

function selectReleases(db: Db) {
  const ofExam = sql`select 1 from ${results} where ${results.attemptId} = ${attempts.attemptId} and ${results.gradingVersion} = ${exams.gradingVersion} and not ${results.needsMarking}`
  const sealed = sql`${attempts.examId} = ${exams.examId} and ${attempts.sealedAt} is not null`
  return db
    .select({
      exam: { examId: exams.examId, title: exams.title, release: exams.release },
      decision: releases,
      deciderName: people.name,
      complete: sql<number>`(select count(*)::int from ${attempts} where ${sealed} and exists (${ofExam}))`,
      waiting: sql<number>`(select count(*)::int from ${attempts} where ${sealed} and not exists (${ofExam}))`,
    })
    .from(exams)
    .leftJoin(releases, eq(releases.examId, exams.examId))
    .leftJoin(people, eq(people.personId, releases.decidedBy))
}

type Row = Awaited<ReturnType<typeof selectReleases>>[number]

function toRelease({ exam, decision, deciderName, complete, waiting }: Row): Release {
  return {
    examId: exam.examId,
    title: exam.title,
    state: decision?.state ?? (exam.release === 'automatic' ? 'automatic' : 'withheld'),
    decidedAt: decision?.decidedAt.toISOString() ?? null,
    decidedBy: decision ? { personId: decision.decidedBy, name: deciderName ?? '' } : null,
    complete,
    waiting,
  }
}
