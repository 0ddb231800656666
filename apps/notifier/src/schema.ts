import { createEventTables } from '@hourglass/events/tables'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { mailKinds } from './mail/mailer'

export const notifier = pgSchema('notifier')
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const events = createEventTables(notifier)
export const { outbox, inbox, parked, cursors } = events

export const people = notifier.table('people', {
  personId: uuid('person_id').primaryKey(),
  revision: integer('revision').notNull(),
  name: text('name').notNull(),
  email: text('email').notNull(),
  isActive: boolean('is_active').notNull(),
})

export const classes = notifier.table('classes', {
  classId: uuid('class_id').primaryKey(),
  revision: integer('revision').notNull(),
  isArchived: boolean('is_archived').notNull(),
})

export const members = notifier.table(
  'members',
  { classId: uuid('class_id').notNull(), personId: uuid('person_id').notNull(), role: text('role').notNull() },
  (table) => [primaryKey({ columns: [table.classId, table.personId] })],
)

export const exams = notifier.table(
  'exams',
  {
    examId: uuid('exam_id').primaryKey(),
    revision: integer('revision').notNull(),
    /** The revision that last changed when the exam opens, closes or how long it takes; `null` while the first word holds. */
    timesRevision: integer('times_revision'),
    title: text('title').notNull(),
    classId: uuid('class_id').notNull(),
    opensAt: instant('opens_at'),
    closesAt: instant('closes_at'),
    limitSeconds: integer('limit_seconds'),
    isCancelled: boolean('is_cancelled').notNull(),
  },
  (table) => [index('exams_class').on(table.classId)],
)

/** What somebody is to be told, once. Kept for ever: it is what makes a second mail impossible. */
export const deliveries = notifier.table(
  'deliveries',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    kind: text('kind', { enum: mailKinds }).notNull(),
    /** What the mail is about: an exam, a revision of it, or an attempt. */
    subjectId: text('subject_id').notNull(),
    examId: uuid('exam_id').notNull(),
    /** The title as it was told; of an exam whose own copy is here, that one is newer. */
    examTitle: text('exam_title').notNull(),
    /** `obsolete`: overtaken by something newer before it could be sent. `failed`: given up. */
    state: text('state', { enum: ['pending', 'sent', 'obsolete', 'failed'] })
      .notNull()
      .default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** When a worker may take it; while one has it, the end of that worker's lease. */
    nextAttemptAt: instant('next_attempt_at').defaultNow(),
    reason: text('reason'),
    /** Of which event it is a consequence, in whose trace: the mail goes on with it. */
    traceparent: text('traceparent'),
    createdAt: instant('created_at').notNull().defaultNow(),
    endedAt: instant('ended_at'),
    /** Of a result: since when its student may be told, by the word of who released it. */
    owedSince: instant('owed_since'),
    /** When it was counted for the promise of results told within minutes; counted once. */
    countedAt: instant('counted_at'),
  },
  (table) => [
    unique('deliveries_once').on(table.personId, table.kind, table.subjectId),
    index('deliveries_exam').on(table.examId, table.kind),
    index('deliveries_uncounted')
      .on(table.owedSince)
      .where(sql`${table.owedSince} is not null and ${table.countedAt} is null`),
    index('deliveries_due').on(table.nextAttemptAt).where(sql`${table.state} = 'pending'`),
    check('deliveries_pending_is_due', sql`(${table.state} = 'pending') = (${table.nextAttemptAt} is not null)`),
  ],
)

/** The embedded mailer's mailbox: what would have gone out by SMTP. */
export const messages = notifier.table(
  'messages',
  {
    id: uuid('id').primaryKey(),
    /** The idempotency key of the mail. */
    key: text('key').notNull().unique(),
    personId: uuid('person_id').notNull(),
    kind: text('kind', { enum: mailKinds }).notNull(),
    to: text('to').notNull(),
    subject: text('subject').notNull(),
    text: text('text').notNull(),
    html: text('html').notNull(),
    sentAt: instant('sent_at').notNull().defaultNow(),
  },
  (table) => [index('messages_person').on(table.personId, table.id)],
)

/** What the single process has counted of its promises, in steps that grow with age; some thousand rows, whatever happens. */
export const eventCounts = notifier.table(
  'event_counts',
  {
    stepSeconds: integer('step_seconds').notNull(),
    beginsAt: instant('begins_at').notNull(),
    /** For how long of it somebody was counting. */
    coveredSeconds: doublePrecision('covered_seconds').notNull(),
    /** By the id of the SLO. */
    events: jsonb('events').$type<Record<string, { total: number; bad: number }>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.stepSeconds, table.beginsAt] })],
)
