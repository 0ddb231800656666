import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, numeric, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { grading, instant } from './base'

/** The marks of a sealed attempt under one grading version; one is current for each attempt. */
export const results = grading.table(
  'results',
  {
    attemptId: uuid('attempt_id').notNull(),
    gradingVersion: integer('grading_version').notNull(),
    examId: uuid('exam_id').notNull(),
    /** What the marks follow from: snapshot, key and rules. Marks are stale when it is no longer what holds. */
    basis: text('basis').notNull(),
    keyDigest: text('key_digest').notNull(),
    needsMarking: boolean('needs_marking').notNull(),
    marks: numeric('marks').notNull(),
    maxMarks: numeric('max_marks').notNull(),
    gradedAt: instant('graded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.gradingVersion] }), index('results_exam').on(table.examId)],
)

export const questionResults = grading.table(
  'question_results',
  {
    attemptId: uuid('attempt_id').notNull(),
    gradingVersion: integer('grading_version').notNull(),
    examId: uuid('exam_id').notNull(),
    questionId: text('question_id').notNull(),
    /** From 1, in the order in which the student saw the questions. */
    position: integer('position').notNull(),
    type: text('type').notNull(),
    state: text('state', {
      enum: ['correct', 'partial', 'wrong', 'unanswered', 'needs-marking', 'not-marked'],
    }).notNull(),
    marks: numeric('marks'),
    maxMarks: numeric('max_marks').notNull(),
    isManual: boolean('is_manual').notNull(),
    feedbackHtml: jsonb('feedback_html').$type<string[]>().notNull(),
    responseDigest: text('response_digest').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.gradingVersion, table.questionId] }),
    index('question_results_exam').on(table.examId, table.questionId),
    index('question_results_to_mark').on(table.examId).where(sql`${table.state} = 'needs-marking'`),
  ],
)
