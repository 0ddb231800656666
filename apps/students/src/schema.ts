import { createEventTables } from '@hourglass/events/tables'
import { createIdempotencyTable } from '@hourglass/kit/db/idempotency'
import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgSchema, primaryKey, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

export const students = pgSchema('students')
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const events = createEventTables(students)
export const { outbox, inbox, parked, cursors } = events
export const idempotencyKeys = createIdempotencyTable(students)

export const people = students.table(
  'people',
  {
    id: uuid('id').primaryKey(),
    revision: integer('revision').notNull().default(1),
    role: text('role', { enum: ['student', 'teacher', 'admin'] }).notNull(),
    name: text('name').notNull(),
    /** Lower case: one account for an address however it is typed. */
    email: text('email').notNull(),
    isActive: boolean('is_active').notNull().default(true),
    /** `null` until the invitation is accepted. */
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('people_email').on(table.email), index('people_name').on(table.name, table.id)],
)

/** One sign-in on one device: the family of its refresh tokens. */
export const sessions = students.table(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by', { enum: ['sign-out', 'password', 'reuse', 'deactivated'] }),
  },
  (table) => [index('sessions_open').on(table.personId).where(sql`${table.endedAt} is null`)],
)

export const refreshTokens = students.table(
  'refresh_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [index('refresh_tokens_session').on(table.sessionId)],
)

/** Devices on which a person has signed in before: strangers' failures elsewhere do not count against them. */
export const devices = students.table(
  'devices',
  {
    deviceHash: text('device_hash').notNull(),
    personId: uuid('person_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceHash, table.personId] })],
)

/** Failures in a row of an account, an address or a device, and until when it has to wait. */
export const throttles = students.table('throttles', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  lastFailedAt: instant('last_failed_at').notNull(),
  blockedUntil: instant('blocked_until'),
})

/** Tries at a password that are under way. One that never ends, for a crash cut it off, expires. */
export const tries = students.table(
  'tries',
  {
    tryId: uuid('try_id').notNull(),
    key: text('key').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.tryId] })],
)

/** Attempts as the exam room tells of them: who sits one is not kept out by others' wrong guesses. */
export const attempts = students.table(
  'attempts',
  {
    attemptId: uuid('attempt_id').primaryKey(),
    personId: uuid('person_id').notNull(),
    isOpen: boolean('is_open').notNull(),
  },
  (table) => [index('attempts_open').on(table.personId).where(sql`${table.isOpen}`)],
)

export const invitations = students.table(
  'invitations',
  {
    tokenHash: text('token_hash').primaryKey(),
    personId: uuid('person_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [index('invitations_person').on(table.personId)],
)

export const classes = students.table('classes', {
  id: uuid('id').primaryKey(),
  revision: integer('revision').notNull().default(1),
  name: text('name').notNull(),
  isArchived: boolean('is_archived').notNull().default(false),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const members = students.table(
  'members',
  {
    classId: uuid('class_id')
      .notNull()
      .references(() => classes.id, { onDelete: 'cascade' }),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    role: text('role', { enum: ['student', 'teacher'] }).notNull(),
    groups: text('groups').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.classId, table.personId] }), index('members_person').on(table.personId)],
)

/** A removed profile stays as factor 1 and 0 minutes, so that its revision goes on rising. */
export const accommodations = students.table('accommodations', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  revision: integer('revision').notNull(),
  timeFactor: text('time_factor', { enum: ['1', '1.25', '1.5', '2', 'unlimited'] }).notNull(),
  extraMinutes: integer('extra_minutes').notNull(),
  note: text('note').notNull(),
})
