import type { Db } from '@hourglass/kit/db/connect'
import { TooManyRequestsError } from '@hourglass/kit/errors'
import { eq, inArray, lt, sql } from 'drizzle-orm'
import { throttles } from '../schema'

/** `free` failures cost nothing; each one more doubles the wait from 1 s, up to `maxWaitSeconds`. */
export type Limit = { key: string; free: number; maxWaitSeconds: number }

export const accountLimit = (email: string): Limit => ({ key: `account ${email}`, free: 5, maxWaitSeconds: 900 })
/** A school sits behind one address, so an address may fail far more often than an account. */
export const addressLimit = (address: string): Limit => ({ key: `address ${address}`, free: 100, maxWaitSeconds: 300 })
export const deviceLimit = (hash: string, email: string): Limit => ({
  key: `device ${hash} ${email}`,
  free: 5,
  maxWaitSeconds: 900,
})
export const passwordLimit = (personId: string): Limit => ({
  key: `password ${personId}`,
  free: 5,
  maxWaitSeconds: 900,
})

/**
 * Counts a try as failed before it is made, so that parallel guesses are counted too; `forgive` takes it back.
 * Throws a TooManyRequestsError at the first limit that has to wait; a refused try adds nothing to it, so the wait ends.
 */
export async function chargeTry(db: Db, limits: readonly Limit[]): Promise<void> {
  for (const limit of limits) {
    const seconds = await charge(db, limit)
    if (seconds > 0) {
      throw new TooManyRequestsError(`Too many failed sign-ins. Try again in ${seconds} s.`, seconds, 'locked-out')
    }
  }
}

/** The password was right: an account or device starts afresh, and an address gets its try back. */
export async function forgive(db: Db, limits: readonly Limit[]): Promise<void> {
  const isAddress = (limit: Limit) => limit.key.startsWith('address ')
  const ended = limits.filter((limit) => !isAddress(limit)).map((limit) => limit.key)
  if (ended.length > 0) await db.delete(throttles).where(inArray(throttles.key, ended))
  for (const { key } of limits.filter(isAddress)) {
    await db
      .update(throttles)
      .set({ failures: sql`greatest(${throttles.failures} - 1, 0)`, blockedUntil: null })
      .where(eq(throttles.key, key))
  }
}

/** A day without failures forgets them. */
export const forgetOldThrottles = async (db: Db): Promise<void> =>
  void (await db.delete(throttles).where(lt(throttles.lastFailedAt, sql`now() - interval '1 day'`)))

/** Answers the seconds to wait; 0 lets the try through and counts it. One row, one statement: no race. */
async function charge(db: Db, { key, free, maxWaitSeconds }: Limit): Promise<number> {
  const isWaiting = sql`${throttles.blockedUntil} > clock_timestamp()`
  const next = sql`${throttles.failures} + 1`
  const wait = sql`make_interval(secs => least(${maxWaitSeconds}::float8, power(2, least(${next} - ${free}, 30) - 1)))`
  const [passed] = await db
    .insert(throttles)
    .values({ key, failures: 1, lastFailedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        failures: next,
        lastFailedAt: sql`clock_timestamp()`,
        blockedUntil: sql`case when ${next} > ${free} then clock_timestamp() + ${wait} end`,
      },
      setWhere: sql`not coalesce(${isWaiting}, false)`,
    })
    .returning({ key: throttles.key })
  if (passed) return 0
  const [row] = await db
    .select({ seconds: sql<number>`ceil(extract(epoch from ${throttles.blockedUntil} - clock_timestamp()))::int` })
    .from(throttles)
    .where(eq(throttles.key, key))
  return Math.max(1, row?.seconds ?? 1)
}
