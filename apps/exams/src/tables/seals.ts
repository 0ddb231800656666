import { sql } from 'drizzle-orm'
import { integer, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, schema } from './base'

/** Canonical JSON as text: its bytes are what the digest names. */
export const snapshots = schema.table(
  'snapshots',
  {
    attemptId: uuid('attempt_id').notNull(),
    revision: integer('revision').notNull(),
    digest: text('digest').notNull(),
    body: text('body').notNull(),
    cause: text('cause', { enum: ['submitted', 'deadline', 'teacher', 'late-accepted'] }).notNull(),
    takenAt: instant('taken_at').notNull().default(sql`clock_timestamp()`),
  },
  (table) => [primaryKey({ columns: [table.attemptId, table.revision] })],
)

/** Attempts that were open later than promised after the server should have ended them: each is counted once, by whichever replica. */
export const lateSeals = schema.table('late_seals', {
  attemptId: uuid('attempt_id').primaryKey(),
  seenAt: instant('seen_at').notNull().default(sql`clock_timestamp()`),
})

/** Attempts that took a late arrival after their seal; sealed anew once, when no more can come. */
export const reseals = schema.table('reseals', {
  attemptId: uuid('attempt_id').primaryKey(),
  dueAt: instant('due_at').notNull(),
})
