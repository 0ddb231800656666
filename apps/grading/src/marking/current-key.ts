import type { Db } from '@hourglass/kit/db/connect'
import type { Key } from '@hourglass/questions/key'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Exam } from '../access'
import { getKey } from '../content/content'
import { type CorrectedKey, correctEarlierKey, type Decided } from '../regrades/correct-key'
import { keys, regrades } from '../schema'

/** The corrections of an exam that hold, in their order. */
export const listCorrections = (db: Db, examId: string) =>
  db
    .select()
    .from(regrades)
    .where(and(eq(regrades.examId, examId), isNull(regrades.undoneAt)))
    .orderBy(asc(regrades.number))

export type FoundKey = { digest: string; key: CorrectedKey; corrections: readonly Decided[] }

/**
 * Answers, for a paper that an attempt pinned, the key that marks it: the exam's, or an earlier one if the exam moved on since,
 * under the corrections that hold. `null` while the key is not here. Each paper is looked up once.
 */
export async function createKeyFinder(
  db: Db,
  exam: Exam,
  corrections: readonly Decided[],
): Promise<(paperDigest: string) => Promise<FoundKey | null>> {
  const others = await readKeys(db, corrections)
  const found = new Map<string, Promise<FoundKey | null>>()
  const find = async (paperDigest: string): Promise<FoundKey | null> => {
    const isPinned =
      paperDigest === exam.paperDigest ? eq(keys.digest, exam.keyDigest) : eq(keys.paperDigest, paperDigest)
    const [row] = await db.select().from(keys).where(isPinned).orderBy(asc(keys.digest)).limit(1)
    return row ? { digest: row.digest, key: correctEarlierKey(row.body, corrections, others), corrections } : null
  }
  return (paperDigest) => {
    const held = found.get(paperDigest) ?? find(paperDigest)
    found.set(paperDigest, held)
    return held
  }
}

/** The exam's key, or another one that an attempt of it was marked by, as it holds now; `null` while it is not here. */
export async function getCurrentKey(db: Db, exam: Exam, digest = exam.keyDigest): Promise<CorrectedKey | null> {
  const [key, corrections] = await Promise.all([getKey(db, digest), listCorrections(db, exam.examId)])
  return key && correctEarlierKey(key, corrections, await readKeys(db, corrections))
}

export async function readKeys(db: Db, corrections: readonly Decided[]): Promise<ReadonlyMap<string, Key>> {
  const digests = corrections.flatMap(({ correction }) => (correction.mode === 'rescore' ? [correction.keyDigest] : []))
  if (digests.length === 0) return new Map()
  const rows = await db.select({ digest: keys.digest, body: keys.body }).from(keys).where(inArray(keys.digest, digests))
  return new Map(rows.map(({ digest, body }) => [digest, body]))
}
