import { createEventTables } from '@hourglass/events/tables'
import { createIdempotencyTable } from '@hourglass/kit/db/idempotency'
import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

export const schema = pgSchema('exams')

/** Milliseconds, as JavaScript and JSON can say them: what is stored is what receipts and snapshots repeat. */
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })
const isObject = (column: AnyPgColumn): SQL => sql`jsonb_typeof(${column}) = 'object'`

export const events = createEventTables(schema)
export const { outbox, inbox, parked } = events
export const idempotencyKeys = createIdempotencyTable(schema)

// Copies of what other services told; each row as new as its revision.
export const people = schema.table('people', {
  personId: uuid('person_id').primaryKey(),
  revision: integer('revision').notNull(),
  role: text('role').notNull(),
  name: text('name').notNull(),
  isActive: boolean('is_active').notNull(),
})

export const classes = schema.table('classes', {
  classId: uuid('class_id').primaryKey(),
  revision: integer('revision').notNull(),
  name: text('name').notNull(),
  isArchived: boolean('is_archived').notNull(),
})

export const classMembers = schema.table(
  'class_members',
  {
    classId: uuid('class_id').notNull(),
    personId: uuid('person_id').notNull(),
    role: text('role', { enum: ['student', 'teacher'] }).notNull(),
    groups: text('groups').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.classId, table.personId] }),
    index('class_members_person').on(table.personId),
  ],
)

export const accommodations = schema.table('accommodations', {
  personId: uuid('person_id').primaryKey(),
  revision: integer('revision').notNull(),
  timeFactor: text('time_factor', { enum: ['1', '1.25', '1.5', '2', 'unlimited'] }).notNull(),
  extraMinutes: integer('extra_minutes').notNull(),
})

export const versions = schema.table('versions', {
  digest: text('digest').primaryKey(),
  quizId: uuid('quiz_id').notNull(),
  paperDigest: text('paper_digest').notNull(),
  keyDigest: text('key_digest').notNull(),
  title: text('title').notNull(),
  number: integer('number').notNull(),
  ownerId: uuid('owner_id').notNull(),
})

/** Kept for ever under its digest, so that a running exam needs no other service. */
export const papers = schema.table(
  'papers',
  { digest: text('digest').primaryKey(), body: jsonb('body').notNull() },
  (table) => [check('papers_body_is_object', isObject(table.body))],
)

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

/** Attempts that took a late arrival after their seal; sealed anew once, when no more can come. */
export const reseals = schema.table('reseals', {
  attemptId: uuid('attempt_id').primaryKey(),
  dueAt: instant('due_at').notNull(),
})

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
