import { sql } from 'drizzle-orm'
import { index, integer, text, uuid } from 'drizzle-orm/pg-core'
import { grading, instant } from './base'

/** Attempts that ended without being submitted: nothing is marked, and a late word of their start changes nothing. */
export const abandonedAttempts = grading.table('abandoned_attempts', {
  attemptId: uuid('attempt_id').primaryKey(),
  abandonedAt: instant('abandoned_at').notNull(),
})

export const attempts = grading.table(
  'attempts',
  {
    attemptId: uuid('attempt_id').primaryKey(),
    examId: uuid('exam_id').notNull(),
    personId: uuid('person_id').notNull(),
    number: integer('number').notNull(),
    startedAt: instant('started_at').notNull(),
    sealedAt: instant('sealed_at'),
    closesAt: instant('closes_at'),
    cause: text('cause', { enum: ['submitted', 'deadline', 'teacher', 'late-accepted'] }),
    /** When the close was told last, by a seal or by itself. */
    closeToldAt: instant('close_told_at'),
    /** When the seal that holds was told; with `cause` it decides which of two seals is the newer. */
    sealToldAt: instant('seal_told_at'),
    snapshotDigest: text('snapshot_digest'),
    /** Canonical JSON, the very bytes that the digest names; `null` until pulled. Text: jsonb cannot hold U+0000. */
    snapshot: text('snapshot'),
    /** When the student was told of the result; told once, whatever happens to the release. */
    releaseToldAt: instant('release_told_at'),
    /** When it was counted for the promise of marks within a minute, with its first result or without any; counted once. */
    marksCountedAt: instant('marks_counted_at'),
  },
  (table) => [
    index('attempts_exam').on(table.examId),
    index('attempts_person').on(table.personId),
    index('attempts_unpulled')
      .on(table.attemptId)
      .where(sql`${table.snapshotDigest} is not null and ${table.snapshot} is null`),
    index('attempts_uncounted')
      .on(table.sealToldAt)
      .where(sql`${table.sealToldAt} is not null and ${table.marksCountedAt} is null`),
  ],
)
