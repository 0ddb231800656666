import { boolean, check, integer, jsonb, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, isObject, schema } from './base'

// No foreign keys on the two tables that every save writes: the save holds the attempt's row, and attempts are never deleted.
export const answers = schema.table(
  'answers',
  {
    attemptId: uuid('attempt_id').notNull(),
    questionId: text('question_id').notNull(),
    seq: integer('seq').notNull(),
    operationId: uuid('operation_id').notNull(),
    response: jsonb('response').notNull(),
    isBlank: boolean('is_blank').notNull(),
    isLate: boolean('is_late').notNull(),
    storedAt: instant('stored_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.questionId] }),
    check('answers_response_is_object', isObject(table.response)),
  ],
)

/** Every save that was acknowledged, in full: what a retry is answered from, and evidence. */
export const answerLog = schema.table(
  'answer_log',
  {
    attemptId: uuid('attempt_id').notNull(),
    operationId: uuid('operation_id').notNull(),
    questionId: text('question_id').notNull(),
    seq: integer('seq').notNull(),
    answerHash: text('answer_hash').notNull(),
    response: jsonb('response').notNull(),
    isLate: boolean('is_late').notNull(),
    isStale: boolean('is_stale').notNull().default(false),
    storedAt: instant('stored_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.operationId] })],
)

/** What came too late to be taken: evidence, which a teacher may accept. */
export const lateArrivals = schema.table(
  'late_arrivals',
  {
    id: uuid('id').primaryKey(),
    attemptId: uuid('attempt_id').notNull(),
    operationId: uuid('operation_id').notNull(),
    questionId: text('question_id').notNull(),
    seq: integer('seq').notNull(),
    response: jsonb('response').notNull(),
    isBlank: boolean('is_blank').notNull(),
    sentAt: instant('sent_at'),
    receivedAt: instant('received_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: uuid('accepted_by'),
  },
  (table) => [
    unique('late_arrivals_operation').on(table.attemptId, table.operationId),
    check('late_arrivals_response_is_object', isObject(table.response)),
  ],
)
