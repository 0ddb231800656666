import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, isObject, schema } from './base'

/** Written with the change it tells of; `number` and the hashes follow within a second, in one unbroken chain per exam. */
export const auditLog = schema.table(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    examId: uuid('exam_id').notNull(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    attemptId: uuid('attempt_id'),
    details: jsonb('details').notNull(),
    number: integer('number'),
    previousHash: text('previous_hash'),
    hash: text('hash'),
  },
  (table) => [
    unique('audit_log_number').on(table.examId, table.number),
    index('audit_log_unlinked').on(table.examId).where(sql`${table.number} is null`),
    check('audit_log_details_is_object', isObject(table.details)),
  ],
)
