import { emitAll, eventIdOf } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Exam } from '../access'
import { tellReleased } from '../releases/tell'
import { attempts, exams, manualMarks, outbox, results } from '../schema'
import { createKeyFinder, type FoundKey, listCorrections } from './current-key'
import { type GivenMark, markAttempt } from './mark-attempt'
import { readSnapshot } from './snapshot'
import { type NewResult, replaceResults } from './write-results'

const batchSize = 200

export type Failure = { attemptId: string; error: unknown }
type Given = ReadonlyMap<string, GivenMark & { revision: number }>

/**
 * Marks attempts of one exam, each if everything that its marks follow from is here, and stores the one current result; a
 * result that already follows from the same changes nothing. Answers those that could not be marked: they stop no other.
 *
 * The exam's row is locked before the attempts', shared: a release or a correction takes it alone, so it sees either the
 * complete results or none whose marker has not seen it.
 */
export async function storeMarks(tx: Db, examId: string, attemptIds: readonly string[]): Promise<Failure[]> {
  const [exam] = await tx.select().from(exams).where(eq(exams.examId, examId)).for('share')
  if (!exam) return []
  const findKey = await createKeyFinder(tx, exam, await listCorrections(tx, examId))
  const ids = attemptIds.toSorted()
  const failures: Failure[] = []
  for (let from = 0; from < ids.length; from += batchSize) {
    failures.push(...(await storeBatch(tx, exam, findKey, ids.slice(from, from + batchSize))))
  }
  return failures
}

/** As `storeMarks`; throws what the first that could not be marked failed with. */
export async function mustStoreMarks(tx: Db, examId: string, attemptIds: readonly string[]): Promise<void> {
  const [failure] = await storeMarks(tx, examId, attemptIds)
  if (failure) throw failure.error
}

type FindKey = (paperDigest: string) => Promise<FoundKey | null>

async function storeBatch(tx: Db, exam: Exam, findKey: FindKey, ids: string[]): Promise<Failure[]> {
  const rows = await tx
    .select()
    .from(attempts)
    .where(and(inArray(attempts.attemptId, ids), isNotNull(attempts.snapshot)))
    .orderBy(asc(attempts.attemptId))
    .for('update')
  const given = await readGivenMarks(tx, ids)
  const basisOfStored = await readBases(tx, exam, ids)
  const failures: Failure[] = []
  const marked: (NewResult & { personId: string; snapshotDigest: string })[] = []
  for (const { attemptId, personId, snapshot: text, snapshotDigest } of rows) {
    if (text === null || snapshotDigest === null) continue
    try {
      const snapshot = readSnapshot(text)
      const found = await findKey(snapshot.paperDigest)
      if (!found) continue
      const marks = given.get(attemptId) ?? new Map()
      const basis = basisOf(snapshotDigest, found, exam, marks)
      if (basisOfStored.get(attemptId) === basis) continue
      const result = await markAttempt(found.key, snapshot, exam, marks)
      marked.push({ attemptId, personId, snapshotDigest, basis, keyDigest: found.digest, ...result })
    } catch (error) {
      failures.push({ attemptId, error })
    }
  }
  if (marked.length === 0) return failures
  await replaceResults(tx, exam, marked)
  const { examId, gradingVersion } = exam
  const ready = marked.map(({ attemptId, personId, snapshotDigest, needsMarking }) => ({
    id: eventIdOf('result.ready', attemptId, gradingVersion, snapshotDigest, String(needsMarking)),
    data: { attemptId, examId, personId, needsMarking },
  }))
  await emitAll(tx, outbox, 'result.ready', ready)
  const complete = marked.filter(({ needsMarking }) => !needsMarking).map(({ attemptId }) => attemptId)
  if (complete.length > 0) await tellReleased(tx, exam, complete)
  return failures
}

async function readBases(tx: Db, { gradingVersion }: Exam, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ attemptId: results.attemptId, basis: results.basis })
    .from(results)
    .where(and(inArray(results.attemptId, ids), eq(results.gradingVersion, gradingVersion)))
  return new Map(rows.map(({ attemptId, basis }) => [attemptId, basis]))
}

/** By attempt, then question: the newest mark that a person gave. */
export async function readGivenMarks(tx: Db, ids: string[]): Promise<Map<string, Given>> {
  const rows = await tx
    .select()
    .from(manualMarks)
    .where(inArray(manualMarks.attemptId, ids))
    .orderBy(asc(manualMarks.attemptId), asc(manualMarks.questionId), asc(manualMarks.revision))
  const byAttempt = Map.groupBy(rows, ({ attemptId }) => attemptId)
  return new Map(
    [...byAttempt].map(([attemptId, own]) => [attemptId, new Map(own.map((row) => [row.questionId, row]))]),
  )
}

/** What marks follow from, in words that differ wherever it differs. */
function basisOf(snapshotDigest: string, found: FoundKey, { certainty, negativeMarks }: Exam, given: Given): string {
  const marks = [...given].map(([questionId, { revision }]) => `${questionId}@${revision}`).join(',')
  const corrections = found.corrections.map(({ number }) => number).join(',')
  return [
    ...[snapshotDigest, found.digest, `certainty=${certainty}`, `negative=${negativeMarks}`, marks],
    ...(corrections === '' ? [] : [`corrections=${corrections}`]),
  ].join(' ')
}
