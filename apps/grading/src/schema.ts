import type { ReviewOptions } from '@hourglass/events/contracts'
import { createEventTables } from '@hourglass/events/tables'
import { createIdempotencyTable } from '@hourglass/kit/db/idempotency'
import type { Key } from '@hourglass/questions/key'
import type { Paper } from '@hourglass/questions/paper'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'

export const grading = pgSchema('grading')
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const events = createEventTables(grading)
export const { outbox, inbox, parked } = events
export const idempotencyKeys = createIdempotencyTable(grading)

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
  },
  (table) => [index('exams_class').on(table.classId), index('exams_owner').on(table.ownerId)],
)

/** Papers and keys under their digests, kept for ever: a result can be explained as long as it exists. */
export const papers = grading.table(
  'papers',
  { digest: text('digest').primaryKey(), body: jsonb('body').$type<Paper>().notNull() },
  (table) => [check('papers_body_is_object', sql`jsonb_typeof(${table.body}) = 'object'`)],
)

export const keys = grading.table(
  'keys',
  {
    digest: text('digest').primaryKey(),
    paperDigest: text('paper_digest').notNull(),
    body: jsonb('body').$type<Key>().notNull(),
  },
  (table) => [
    index('keys_paper').on(table.paperDigest),
    check('keys_body_is_object', sql`jsonb_typeof(${table.body}) = 'object'`),
  ],
)

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
    /** When the seal that holds was told; with `cause` it decides which of two seals is the newer. */
    sealToldAt: instant('seal_told_at'),
    snapshotDigest: text('snapshot_digest'),
    /** Canonical JSON, the very bytes that the digest names; `null` until pulled. Text: jsonb cannot hold U+0000. */
    snapshot: text('snapshot'),
    /** When the student was told of the result; told once, whatever happens to the release. */
    releaseToldAt: instant('release_told_at'),
  },
  (table) => [
    index('attempts_exam').on(table.examId),
    index('attempts_person').on(table.personId),
    index('attempts_unpulled')
      .on(table.attemptId)
      .where(sql`${table.snapshotDigest} is not null and ${table.snapshot} is null`),
  ],
)

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
  ],
)

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
