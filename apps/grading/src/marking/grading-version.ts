import { eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { exams } from '../schema'

/** Whether a row of marks, of the exam in `examId`, is of the version that holds: 1, and one more for each correction of the key. */
export const isOfCurrentVersion = (row: { examId: PgColumn; gradingVersion: PgColumn }): SQL =>
  eq(row.gradingVersion, sql`(select ${exams.gradingVersion} from ${exams} where ${exams.examId} = ${row.examId})`)
