import { and, eq, sql } from 'drizzle-orm'
import { jsonb, type PgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { BadRequestError, UnprocessableError } from '../errors'
import type { Db } from './connect'

/** The table of a service's schema that remembers what each `Idempotency-Key` did. */
export const createIdempotencyTable = (schema: PgSchema) =>
  schema.table(
    'idempotency_keys',
    {
      scope: text('scope').notNull(),
      key: text('key').notNull(),
      bodyHash: text('body_hash').notNull(),
      answer: jsonb('answer'),
      createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.scope, table.key] })],
  )

export type IdempotencyTable = ReturnType<typeof createIdempotencyTable>

/** `scope` is who asks for what, such as `<personId> POST /api/exams`; `body` is hashed, never stored. */
export type IdempotentCall = { scope: string; key: string | null; body: unknown }

/**
 * Runs `effect` once per scope and key, in one transaction with the record of its answer. The same key and body get the
 * first answer, another body a 422, and a duplicate that comes at the same time waits for the first. Without a key it just runs.
 * The answer must survive JSON.
 */
export async function runOnce<T extends object>(
  db: Db,
  table: IdempotencyTable,
  call: IdempotentCall,
  effect: (tx: Db) => Promise<T>,
): Promise<T> {
  const { scope, key } = call
  if (key === null) return db.transaction(effect)
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new BadRequestError('bad-idempotency-key', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
  }
  const bodyHash = new Bun.CryptoHasher('sha256').update(JSON.stringify(call.body ?? null)).digest('hex')
  return db.transaction(async (tx) => {
    const inserted = await tx
      .insert(table)
      .values({ scope, key, bodyHash })
      .onConflictDoNothing()
      .returning({ key: table.key })
    const isThisKey = and(eq(table.scope, scope), eq(table.key, key))
    if (inserted.length === 0) {
      const [first] = await tx.select().from(table).where(isThisKey)
      if (first?.bodyHash !== bodyHash) {
        throw new UnprocessableError(
          'idempotency-key-reused',
          'This Idempotency-Key was used with another request body.',
        )
      }
      // Written below by the same function for the same scope, so it has the effect's own shape.
      return first.answer as T
    }
    const answer = await effect(tx)
    await tx.update(table).set({ answer }).where(isThisKey)
    return answer
  })
}

/** Removes records older than a day: no client repeats a request for longer. */
export async function forgetOldKeys(db: Db, table: IdempotencyTable): Promise<void> {
  await db.delete(table).where(sql`${table.createdAt} < now() - interval '1 day'`)
}
