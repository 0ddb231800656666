import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, isObject, schema } from './base'

export const exams = schema.table(
  'exams',
  {
    id: uuid('id').primaryKey(),
    revision: integer('revision').notNull(),
    title: text('title').notNull(),
    classId: uuid('class_id').notNull(),
    ownerId: uuid('owner_id').notNull(),
    versionDigest: text('version_digest').notNull(),
    paperDigest: text('paper_digest').notNull(),
    keyDigest: text('key_digest').notNull(),
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    limitSeconds: integer('limit_seconds'),
    attemptsAllowed: integer('attempts_allowed'),
    passwordHash: text('password_hash'),
    overduePolicy: text('overdue_policy', { enum: ['auto-submit', 'grace-period', 'auto-abandon'] }).notNull(),
    graceSeconds: integer('grace_seconds').notNull(),
    shuffleQuestions: boolean('shuffle_questions').notNull(),
    shuffleOptions: boolean('shuffle_options').notNull(),
    layout: text('layout', { enum: ['one', 'all'] }).notNull(),
    certainty: boolean('certainty').notNull(),
    negativeMarks: boolean('negative_marks').notNull(),
    gradingMethod: text('grading_method', { enum: ['highest', 'average', 'first', 'last'] }).notNull(),
    release: text('release', { enum: ['manual', 'automatic'] }).notNull(),
    reviewOptions: jsonb('review_options').notNull(),
    pasteAllowed: boolean('paste_allowed').notNull(),
    isCancelled: boolean('is_cancelled').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('exams_class').on(table.classId),
    check('exams_review_options_is_object', isObject(table.reviewOptions)),
  ],
)

/** `overridden` names the fields that this row replaces; such a field may be null, which then means without limit. */
export const overrides = schema.table(
  'overrides',
  {
    id: uuid('id').primaryKey(),
    examId: uuid('exam_id')
      .notNull()
      .references(() => exams.id),
    personId: uuid('person_id'),
    group: text('group_name'),
    overridden: text('overridden').array().notNull(),
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    limitSeconds: integer('limit_seconds'),
    attemptsAllowed: integer('attempts_allowed'),
    passwordHash: text('password_hash'),
    reason: text('reason').notNull(),
  },
  (table) => [
    unique('overrides_person').on(table.examId, table.personId),
    unique('overrides_group').on(table.examId, table.group),
    check('overrides_one_target', sql`(${table.personId} is null) <> (${table.group} is null)`),
  ],
)
