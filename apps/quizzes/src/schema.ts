import { createEventTables } from '@hourglass/events/tables'
import type { Key } from '@hourglass/questions/key'
import type { Paper } from '@hourglass/questions/paper'
import { sql } from 'drizzle-orm'
import {
  check,
  customType,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { BankQuestion } from './questions/model'
import type { Quiz } from './quizzes/model'
import type { Version } from './versions/model'

export const quizzesSchema = pgSchema('quizzes')

export const events = createEventTables(quizzesSchema)
export const { outbox, inbox, parked, cursors } = events

/** To the millisecond, as JavaScript has it: a cursor must come back as it went out. */
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Documents; the columns beside `body` repeat what is searched, ordered by or compared. */
export const quizzes = quizzesSchema.table(
  'quizzes',
  {
    id: uuid('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    editorIds: text('editor_ids').array().notNull(),
    questionIds: text('question_ids').array().notNull(),
    searchText: text('search_text').notNull(),
    revision: integer('revision').notNull(),
    updatedAt: instant('updated_at').notNull(),
    body: jsonb('body').$type<Quiz>().notNull(),
  },
  (table) => [
    index('quizzes_owner').on(table.ownerId, table.updatedAt),
    index('quizzes_editors').using('gin', table.editorIds),
    index('quizzes_questions').using('gin', table.questionIds),
    check('quizzes_body_is_object', sql`jsonb_typeof(${table.body}) = 'object'`),
  ],
)

export const questions = quizzesSchema.table(
  'questions',
  {
    id: uuid('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    type: text('type').notNull(),
    tags: text('tags').array().notNull(),
    searchText: text('search_text').notNull(),
    revision: integer('revision').notNull(),
    updatedAt: instant('updated_at').notNull(),
    body: jsonb('body').$type<BankQuestion>().notNull(),
  },
  (table) => [
    index('questions_owner').on(table.ownerId, table.updatedAt),
    index('questions_tags').using('gin', table.tags),
    check('questions_body_is_object', sql`jsonb_typeof(${table.body}) = 'object'`),
  ],
)

/** Immutable. Paper and key lie in the version's own row, so that the three are stored at once or not at all. */
export const versions = quizzesSchema.table(
  'versions',
  {
    digest: text('digest').primaryKey(),
    quizId: uuid('quiz_id').notNull(),
    number: integer('number').notNull(),
    paperDigest: text('paper_digest').notNull(),
    keyDigest: text('key_digest').notNull(),
    body: jsonb('body').$type<Version>().notNull(),
    paper: jsonb('paper').$type<Paper>().notNull(),
    key: jsonb('key').$type<Key>().notNull(),
  },
  (table) => [
    uniqueIndex('versions_number').on(table.quizId, table.number),
    index('versions_paper').on(table.paperDigest),
    index('versions_key').on(table.keyDigest),
    check('versions_body_is_object', sql`jsonb_typeof(${table.body}) = 'object'`),
    check('versions_paper_is_object', sql`jsonb_typeof(${table.paper}) = 'object'`),
    check('versions_key_is_object', sql`jsonb_typeof(${table.key}) = 'object'`),
  ],
)

export const images = quizzesSchema.table('images', {
  digest: text('digest').primaryKey(),
  type: text('type', { enum: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] }).notNull(),
  widthPixels: integer('width_pixels').notNull(),
  heightPixels: integer('height_pixels').notNull(),
  bytes: bytea('bytes').notNull(),
  storedBy: text('stored_by').notNull(),
  storedAt: instant('stored_at').notNull().defaultNow(),
})
