import { emit, eventIdOf } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import type { Key } from '@hourglass/questions/key'
import { and, asc, eq } from 'drizzle-orm'
import type { Exam } from '../access'
import { tellReleased } from '../releases/tell'
import { attempts, exams, keys, manualMarks, outbox, questionResults, results } from '../schema'
import { currentGradingVersion } from './grading-version'
import { type AttemptMarks, type GivenMark, markAttempt } from './mark-attempt'
import { readSnapshot, type Snapshot } from './snapshot'

/**
 * Marks an attempt if everything that its marks follow from is here, and stores the one current result; a result that already
 * follows from the same changes nothing. Answers whether the attempt has an up-to-date result now.
 *
 * The exam's row is locked before the attempt's, shared: a release takes it alone, so it sees either the complete result or
 * none whose marker has not seen the release.
 */
export async function storeMarks(tx: Db, attemptId: string): Promise<boolean> {
  const [place] = await tx.select({ examId: attempts.examId }).from(attempts).where(eq(attempts.attemptId, attemptId))
  if (!place) return false
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, place.examId)).for('share')
  const [attempt] = await tx.select().from(attempts).where(eq(attempts.attemptId, attemptId)).for('update')
  if (!exam || !attempt?.snapshot) return false
  const snapshot = readSnapshot(attempt.snapshot)
  const key = await findKey(tx, exam, snapshot)
  if (!key) return false
  const given = await readGivenMarks(tx, attemptId)
  const basis = basisOf(attempt.snapshotDigest ?? '', key.digest, exam, given)
  const isResult = and(eq(results.attemptId, attemptId), eq(results.gradingVersion, currentGradingVersion))
  const [stored] = await tx.select({ basis: results.basis }).from(results).where(isResult)
  if (stored?.basis === basis) return true
  const marks = await markAttempt(key.body, snapshot, exam, given)
  await replaceResult(tx, { attemptId, examId: exam.examId, basis, keyDigest: key.digest }, marks)
  const { needsMarking } = marks
  const { examId, personId } = attempt
  const id = eventIdOf(
    'result.ready',
    attemptId,
    currentGradingVersion,
    attempt.snapshotDigest ?? '',
    String(needsMarking),
  )
  await emit(tx, outbox, 'result.ready', { attemptId, examId, personId, needsMarking }, { id })
  if (!needsMarking) await tellReleased(tx, exam, attemptId)
  return true
}

/** The key of the version that the attempt pinned: the exam's, or an earlier one if the exam moved on since. */
async function findKey(tx: Db, exam: Exam, { paperDigest }: Snapshot): Promise<{ digest: string; body: Key } | null> {
  const isPinned =
    paperDigest === exam.paperDigest ? eq(keys.digest, exam.keyDigest) : eq(keys.paperDigest, paperDigest)
  const [row] = await tx
    .select({ digest: keys.digest, body: keys.body })
    .from(keys)
    .where(isPinned)
    .orderBy(keys.digest)
  return row ?? null
}

async function readGivenMarks(tx: Db, attemptId: string): Promise<Map<string, GivenMark & { revision: number }>> {
  const rows = await tx
    .select()
    .from(manualMarks)
    .where(eq(manualMarks.attemptId, attemptId))
    .orderBy(asc(manualMarks.questionId), asc(manualMarks.revision))
  return new Map(rows.map((row) => [row.questionId, row]))
}

function basisOf(
  snapshotDigest: string,
  keyDigest: string,
  { certainty, negativeMarks }: Exam,
  given: ReadonlyMap<string, { revision: number }>,
): string {
  const marks = [...given].map(([questionId, { revision }]) => `${questionId}@${revision}`).join(',')
  return [snapshotDigest, keyDigest, `certainty=${certainty}`, `negative=${negativeMarks}`, marks].join(' ')
}

type ResultPlace = { attemptId: string; examId: string; basis: string; keyDigest: string }

async function replaceResult(tx: Db, place: ResultPlace, { questions, ...total }: AttemptMarks): Promise<void> {
  const { attemptId, examId } = place
  const version = { attemptId, gradingVersion: currentGradingVersion, examId }
  const values = { ...place, ...total, gradingVersion: currentGradingVersion }
  await tx
    .insert(results)
    .values(values)
    .onConflictDoUpdate({
      target: [results.attemptId, results.gradingVersion],
      set: { ...values, gradedAt: new Date() },
    })
  await tx
    .delete(questionResults)
    .where(and(eq(questionResults.attemptId, attemptId), eq(questionResults.gradingVersion, currentGradingVersion)))
  if (questions.length > 0) await tx.insert(questionResults).values(questions.map((each) => ({ ...version, ...each })))
}
