import type { Db } from '@hourglass/kit/db/connect'
import { TooManyRequestsError } from '@hourglass/kit/errors'
import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { throttles, tries } from '../schema'

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
 * Makes a try at a password under its limits; answers whether it was right. Tries under way count as failed until they end, so that
 * parallel guesses gain nothing, but only for as long as a try can take: one that a crash cuts off is no failure. An address
 * counts its failures alone, for a school signs in all at once.
 * Throws a TooManyRequestsError at the first limit that has to wait; a refused try adds nothing to it, so the wait ends.
 */
export async function countTry(db: Db, limits: readonly Limit[], isRight: () => Promise<boolean>): Promise<boolean> {
  const tryId = Bun.randomUUIDv7()
  const end = (tx: Db) => tx.delete(tries).where(eq(tries.tryId, tryId))
  try {
    for (const limit of limits) await admit(db, limit, tryId)
    const isPassed = await isRight()
    await db.transaction(async (tx) => {
      await end(tx)
      if (isPassed) await forgive(tx, limits)
      else for (const limit of limits) await charge(tx, limit)
    })
    return isPassed
  } catch (error) {
    // Where this fails as well, the try ends by itself.
    await end(db).catch(() => {})
    throw error
  }
}

/** A day without failures forgets them. */
export async function forgetOldThrottles(db: Db): Promise<void> {
  await db.delete(tries).where(lt(tries.expiresAt, sql`now()`))
  await db.delete(throttles).where(lt(throttles.lastFailedAt, sql`now() - interval '1 day'`))
}

const isAddress = ({ key }: Limit): boolean => key.startsWith('address ')
/** Above the longest that a try waits for its turn and takes. */
const tryTakes = sql`interval '15 seconds'`

/** Throws while the limit waits. Beyond the free failures one try after the other, below them as many as are left. */
async function admit(db: Db, limit: Limit, tryId: string): Promise<void> {
  const { key, free } = limit
  const seconds = await db.transaction(async (tx) => {
    // Holds the row, which may be new: tries that come together are judged one after the other.
    await tx
      .insert(throttles)
      .values({ key, failures: 0, lastFailedAt: sql`clock_timestamp()` })
      .onConflictDoUpdate({ target: throttles.key, set: { key } })
    const [row] = await tx
      .select({
        failures: throttles.failures,
        waits: sql<number>`ceil(extract(epoch from ${throttles.blockedUntil} - clock_timestamp()))::int`,
      })
      .from(throttles)
      .where(eq(throttles.key, key))
    if (row && row.waits > 0) return row.waits
    if (isAddress(limit)) return 0
    const underWay = await tx.$count(tries, and(eq(tries.key, key), gt(tries.expiresAt, sql`clock_timestamp()`)))
    const left = Math.max(1, free - (row?.failures ?? 0))
    if (underWay >= left) return 1
    await tx.insert(tries).values({ tryId, key, expiresAt: sql`clock_timestamp() + ${tryTakes}` })
    return 0
  })
  if (seconds > 0) {
    throw new TooManyRequestsError(`Too many failed sign-ins. Try again in ${seconds} s.`, seconds, 'locked-out')
  }
}

/** The password was right: an account or device starts afresh; an address keeps its failures, which were others'. */
async function forgive(tx: Db, limits: readonly Limit[]): Promise<void> {
  const ended = limits.filter((limit) => !isAddress(limit)).map(({ key }) => key)
  if (ended.length > 0) await tx.delete(throttles).where(inArray(throttles.key, ended))
}

async function charge(tx: Db, { key, free, maxWaitSeconds }: Limit): Promise<void> {
  const failures = sql`${throttles.failures} + 1`
  const wait = sql`make_interval(secs => least(${maxWaitSeconds}::float8, power(2, least(${failures} - ${free}, 30) - 1)))`
  await tx
    .insert(throttles)
    .values({ key, failures: 1, lastFailedAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        failures,
        lastFailedAt: sql`clock_timestamp()`,
        blockedUntil: sql`case when ${failures} > ${free} then clock_timestamp() + ${wait} end`,
      },
    })
}
