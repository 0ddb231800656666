import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, pgSchema, timestamp } from 'drizzle-orm/pg-core'

export const schema = pgSchema('exams')

/** Milliseconds, as JavaScript and JSON can say them: what is stored is what receipts and snapshots repeat. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

export const isObject = (column: AnyPgColumn): SQL => sql`jsonb_typeof(${column}) = 'object'`
