import type { ReviewOptions } from '@hourglass/events/contracts'
import { boolean, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { grading, instant } from './base'

// Copies of what other services told; each row as new as its revision.
export const people = grading.table('people', {
  personId: uuid('person_id').primaryKey(),
  revision: integer('revision').notNull(),
  role: text('role').notNull(),
  name: text('name').notNull(),
  email: text('email').notNull(),
})

export const classes = grading.table('classes', {
  classId: uuid('class_id').primaryKey(),
  revision: integer('revision').notNull(),
  name: text('name').notNull(),
})

export const members = grading.table(
  'members',
  { classId: uuid('class_id').notNull(), personId: uuid('person_id').notNull(), role: text('role').notNull() },
  (table) => [primaryKey({ columns: [table.classId, table.personId] }), index('members_person').on(table.personId)],
)

export const exams = grading.table(
  'exams',
  {
    examId: uuid('exam_id').primaryKey(),
    revision: integer('revision').notNull(),
    title: text('title').notNull(),
    classId: uuid('class_id').notNull(),
    ownerId: uuid('owner_id').notNull(),
    paperDigest: text('paper_digest').notNull(),
    keyDigest: text('key_digest').notNull(),
    closesAt: instant('closes_at'),
    gradingMethod: text('grading_method', { enum: ['highest', 'average', 'first', 'last'] }).notNull(),
    certainty: boolean('certainty').notNull(),
    negativeMarks: boolean('negative_marks').notNull(),
    release: text('release', { enum: ['manual', 'automatic'] }).notNull(),
    reviewOptions: jsonb('review_options').$type<ReviewOptions>().notNull(),
    isCancelled: boolean('is_cancelled').notNull(),
    /** Of the marks that hold: it rises with each correction of the key. Grading's own, no copy. */
    gradingVersion: integer('grading_version').notNull().default(1),
  },
  (table) => [index('exams_class').on(table.classId), index('exams_owner').on(table.ownerId)],
)
