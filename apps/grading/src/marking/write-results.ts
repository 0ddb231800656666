import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Exam } from '../access'
import { questionResults, results } from '../schema'
import type { AttemptMarks } from './mark-attempt'

export type NewResult = AttemptMarks & { attemptId: string; basis: string; keyDigest: string }

/** Rows of one insert: far below PostgreSQL's 65,535 parameters. */
const rowsAtOnce = 1_000

/** Writes results of the exam's current grading version, in the place of what was there. Earlier versions stay as they were. */
export async function replaceResults(tx: Db, { examId, gradingVersion }: Exam, marked: readonly NewResult[]) {
  const version = { examId, gradingVersion }
  const totals = marked.map(({ attemptId, basis, keyDigest, needsMarking, marks, maxMarks }) => ({
    ...{ ...version, attemptId, basis, keyDigest, needsMarking, marks, maxMarks },
  }))
  await tx
    .insert(results)
    .values(totals)
    .onConflictDoUpdate({
      target: [results.attemptId, results.gradingVersion],
      set: {
        basis: sql`excluded.basis`,
        keyDigest: sql`excluded.key_digest`,
        needsMarking: sql`excluded.needs_marking`,
        marks: sql`excluded.marks`,
        maxMarks: sql`excluded.max_marks`,
        gradedAt: sql`clock_timestamp()`,
      },
    })
  const ids = marked.map(({ attemptId }) => attemptId)
  await tx
    .delete(questionResults)
    .where(and(inArray(questionResults.attemptId, ids), eq(questionResults.gradingVersion, gradingVersion)))
  const rows = marked.flatMap(({ attemptId, questions }) =>
    questions.map((question) => ({ ...version, attemptId, ...question })),
  )
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    await tx.insert(questionResults).values(rows.slice(from, from + rowsAtOnce))
  }
}
