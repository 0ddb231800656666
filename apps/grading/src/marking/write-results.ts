import type { Db } from '@hourglass/kit/db/connect'
import { insertRows } from '@hourglass/kit/db/insert-rows'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Exam } from '../access'
import { questionResults, results } from '../schema'
import type { AttemptMarks } from './mark-attempt'

export type NewResult = AttemptMarks & { attemptId: string; basis: string; keyDigest: string }

/** Rows of one insert, so that one text stays small. */
const rowsAtOnce = 1_000

/** Writes results of the exam's current grading version, in the place of what was there. Earlier versions stay as they were. */
export async function replaceResults(tx: Db, { examId, gradingVersion }: Exam, marked: readonly NewResult[]) {
  const version = { examId, gradingVersion }
  const totals = marked.map(({ attemptId, basis, keyDigest, needsMarking, marks, maxMarks }) => ({
    ...{ ...version, attemptId, basis, keyDigest, needsMarking, marks, maxMarks },
  }))
  await insertRows(
    tx,
    results,
    totals,
    sql`on conflict (attempt_id, grading_version) do update set
      basis = excluded.basis, key_digest = excluded.key_digest, needs_marking = excluded.needs_marking,
      marks = excluded.marks, max_marks = excluded.max_marks, graded_at = clock_timestamp()`,
  )
  const ids = marked.map(({ attemptId }) => attemptId)
  await tx
    .delete(questionResults)
    .where(and(inArray(questionResults.attemptId, ids), eq(questionResults.gradingVersion, gradingVersion)))
  const rows = marked.flatMap(({ attemptId, questions }) =>
    questions.map((question) => ({ ...version, attemptId, ...question })),
  )
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await insertRows(tx, questionResults, rows.slice(from, from + rowsAtOnce))
  }
}
