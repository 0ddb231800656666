import { boolean, check, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { isObject, schema } from './base'

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
