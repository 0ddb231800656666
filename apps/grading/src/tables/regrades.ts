import { sql } from 'drizzle-orm'
import { check, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Correction } from '../regrades/correction'
import { grading, instant } from './base'

/** Corrections of an exam's key after it was published; one that was undone stays as a record. */
export const regrades = grading.table(
  'regrades',
  {
    regradeId: uuid('regrade_id').primaryKey(),
    examId: uuid('exam_id').notNull(),
    /** From 1 in each exam; corrections of one question hold in this order. */
    number: integer('number').notNull(),
    questionId: text('question_id').notNull(),
    correction: jsonb('correction').$type<Correction>().notNull(),
    reason: text('reason').notNull(),
    decidedBy: uuid('decided_by').notNull(),
    decidedAt: instant('decided_at').notNull().defaultNow(),
    undoneBy: uuid('undone_by'),
    undoneAt: instant('undone_at'),
  },
  (table) => [
    unique('regrades_number').on(table.examId, table.number),
    check('regrades_correction_is_object', sql`jsonb_typeof(${table.correction}) = 'object'`),
  ],
)
