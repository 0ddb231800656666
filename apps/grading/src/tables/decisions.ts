import { integer, numeric, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { grading, instant } from './base'

/** What people gave, every revision kept. The highest one holds as long as the answer is the one that they read. */
export const manualMarks = grading.table(
  'manual_marks',
  {
    attemptId: uuid('attempt_id').notNull(),
    questionId: text('question_id').notNull(),
    revision: integer('revision').notNull(),
    marks: numeric('marks').notNull(),
    comment: text('comment').notNull(),
    responseDigest: text('response_digest').notNull(),
    markedBy: uuid('marked_by').notNull(),
    markedAt: instant('marked_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.questionId, table.revision] })],
)

/** What a teacher decided for an exam; without a row the exam's own rule holds. */
export const releases = grading.table('releases', {
  examId: uuid('exam_id').primaryKey(),
  state: text('state', { enum: ['released', 'withdrawn'] }).notNull(),
  decidedBy: uuid('decided_by').notNull(),
  decidedAt: instant('decided_at').notNull().defaultNow(),
})
