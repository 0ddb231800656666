import type { Key } from '@hourglass/questions/key'
import type { Paper } from '@hourglass/questions/paper'
import { sql } from 'drizzle-orm'
import { check, index, jsonb, text } from 'drizzle-orm/pg-core'
import { grading } from './base'

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
