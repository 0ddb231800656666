import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant, schema } from './base'
import { exams } from './exams'

export const attempts = schema.table(
  'attempts',
  {
    id: uuid('id').primaryKey(),
    examId: uuid('exam_id')
      .notNull()
      .references(() => exams.id),
    personId: uuid('person_id').notNull(),
    number: integer('number').notNull(),
    state: text('state', { enum: ['open', 'sealed', 'abandoned'] }).notNull(),
    seed: text('seed').notNull(),
    versionDigest: text('version_digest').notNull(),
    paperDigest: text('paper_digest').notNull(),
    shuffleQuestions: boolean('shuffle_questions').notNull(),
    shuffleOptions: boolean('shuffle_options').notNull(),
    certainty: boolean('certainty').notNull(),
    /** In the order of this attempt's arranged paper; descriptions are among them. */
    questionIds: text('question_ids').array().notNull(),
    startedAt: instant('started_at').notNull(),
    limitSeconds: integer('limit_seconds'),
    closesAt: instant('closes_at'),
    pausedAt: instant('paused_at'),
    /** Time given back by ended pauses and compensated outages. */
    shiftMs: bigint('shift_ms', { mode: 'number' }).notNull().default(0),
    deadline: instant('deadline'),
    /** When the server ends it by itself; null while it is paused or has no deadline. */
    sealDueAt: instant('seal_due_at'),
    sealedAt: instant('sealed_at'),
    cause: text('cause', { enum: ['submitted', 'deadline', 'teacher'] }),
    snapshotRevision: integer('snapshot_revision').notNull().default(0),
  },
  (table) => [
    unique('attempts_number').on(table.examId, table.personId, table.number),
    uniqueIndex('attempts_one_open').on(table.examId, table.personId).where(sql`${table.state} = 'open'`),
    index('attempts_due').on(table.sealDueAt).where(sql`${table.state} = 'open'`),
    index('attempts_person').on(table.personId),
  ],
)

/** Apart from the attempt's row, which every save holds. */
export const flags = schema.table('flags', {
  attemptId: uuid('attempt_id').primaryKey(),
  questionIds: text('question_ids').array().notNull(),
})

/** Time in which an attempt's clock stood still or that was given back; no moment is given back twice. */
export const credits = schema.table(
  'credits',
  {
    id: uuid('id').primaryKey(),
    attemptId: uuid('attempt_id').notNull(),
    kind: text('kind', { enum: ['pause', 'outage'] }).notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('credits_attempt').on(table.attemptId)],
)
