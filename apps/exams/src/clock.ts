import type { Db } from '@hourglass/kit/db/connect'
import { sql } from 'drizzle-orm'

/** The database's clock, which alone decides about time. Inside a transaction read it after the locks are held. */
export async function readClock(db: Db): Promise<Date> {
  const [row] = await db
    .select({ ms: sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float8` })
    .from(sql`(values (1)) as one`)
  if (!row) throw new Error('the database told no time')
  return new Date(row.ms)
}

export const toInstant = (date: Date | null): string | null => date?.toISOString() ?? null
