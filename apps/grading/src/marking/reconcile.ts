import type { Db } from '@hourglass/kit/db/connect'
import type { Logger } from '@hourglass/kit/logger'
import { and, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm'
import { keepContent } from '../content/content'
import type { Deps } from '../deps'
import { tellReleased } from '../releases/tell'
import { attempts, exams, keys, papers, results } from '../schema'
import { pullSnapshots } from './seal'
import { type Failure, storeMarks } from './store-marks'

const batchSize = 200

/** Marks every sealed attempt of an exam whose marks no longer follow from what holds; one that fails stops no other. */
export async function markExam(tx: Db, examId: string, log: Logger): Promise<void> {
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, examId)).for('update')
  if (!exam) return
  const sealed = await tx
    .select({ attemptId: attempts.attemptId })
    .from(attempts)
    .where(and(eq(attempts.examId, examId), isNotNull(attempts.snapshot)))
    .orderBy(attempts.attemptId)
  const ids = sealed.map(({ attemptId }) => attemptId)
  logFailures(log, await storeMarks(tx, examId, ids))
  await tellReleased(tx, exam)
}

/**
 * Brings to its end what an outage or the order of events left undone: bodies that could not be pulled, sealed attempts without
 * marks. It asks the database alone what is missing, so it may run anywhere, at any time, twice at once.
 */
export async function reconcile({ db, content, snapshots, service: { log } }: Deps): Promise<void> {
  for (const exam of await listExamsWithoutContent(db)) {
    await tryTo(log, `keep the content of exam ${exam.examId}`, async () => {
      await keepContent(db, content, exam)
      await db.transaction((tx) => markExam(tx, exam.examId, log))
    })
  }
  const unpulled = await db
    .select({ attemptId: attempts.attemptId, digest: attempts.snapshotDigest })
    .from(attempts)
    .where(and(isNotNull(attempts.snapshotDigest), isNull(attempts.snapshot)))
    .limit(batchSize)
  for (const { attemptId, digest } of unpulled) {
    if (digest === null) continue
    await tryTo(log, `pull the snapshot of attempt ${attemptId}`, async () => {
      const text = (await pullSnapshots(snapshots, [{ attemptId, digest }])).get(digest)
      if (text === undefined) throw new Error(`the exam room has no snapshot ${digest}`)
      const isStill = and(eq(attempts.attemptId, attemptId), eq(attempts.snapshotDigest, digest))
      await db.update(attempts).set({ snapshot: text }).where(isStill)
    })
  }
  for (const [examId, unmarked] of Map.groupBy(await listUnmarked(db), (attempt) => attempt.examId)) {
    const ids = unmarked.map(({ attemptId }) => attemptId)
    await tryTo(log, `mark attempts of exam ${examId}`, async () =>
      logFailures(log, await db.transaction((tx) => storeMarks(tx, examId, ids))),
    )
  }
}

function logFailures(log: Logger, failures: readonly Failure[]): void {
  for (const { attemptId, error } of failures)
    log.error({ err: error, attemptId }, `could not mark attempt ${attemptId}`)
}

async function tryTo(log: Logger, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.error({ err: error }, `could not ${what}`)
  }
}

const listExamsWithoutContent = (db: Db) =>
  db
    .select({ examId: exams.examId, paperDigest: exams.paperDigest, keyDigest: exams.keyDigest })
    .from(exams)
    .where(
      or(
        notExists(db.select({ one: sql`1` }).from(papers).where(eq(papers.digest, exams.paperDigest))),
        notExists(db.select({ one: sql`1` }).from(keys).where(eq(keys.digest, exams.keyDigest))),
      ),
    )
    .limit(batchSize)

/** Sealed attempts whose current result is absent or of another snapshot. */
function listUnmarked(db: Db): Promise<{ attemptId: string; examId: string }[]> {
  const isOfAttempt = and(eq(results.attemptId, attempts.attemptId), eq(results.gradingVersion, exams.gradingVersion))
  return db
    .select({ attemptId: attempts.attemptId, examId: attempts.examId })
    .from(attempts)
    .innerJoin(exams, eq(exams.examId, attempts.examId))
    .leftJoin(results, isOfAttempt)
    .where(
      and(
        isNotNull(attempts.snapshot),
        or(isNull(results.basis), sql`not starts_with(${results.basis}, ${attempts.snapshotDigest})`),
      ),
    )
    .limit(batchSize)
}
