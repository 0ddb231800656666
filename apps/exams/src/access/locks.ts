import type { Db } from '@hourglass/kit/db/connect'
import { sql } from 'drizzle-orm'

/**
 * Held until the transaction ends by whoever starts an attempt of a person and by whoever changes that person's standing rules,
 * so that no attempt starts with rules that have just changed.
 */
export async function lockPerson(tx: Db, personId: string): Promise<void> {
  await tx
    .select({ lock: sql`pg_advisory_xact_lock(hashtextextended(${`person ${personId}`}, 0))::text` })
    .from(sql`(values (1)) as one`)
}
