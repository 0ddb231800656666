import type { Db } from '@hourglass/kit/db/connect'
import { UnauthorisedError } from '@hourglass/kit/errors'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { Deps } from '../deps'
import { hashPassword, needsRehash, verifyPassword } from '../passwords/password'
import { attempts, devices, people } from '../schema'
import { createSecret, hashSecret } from '../secrets'
import type { Credentials, Opened } from './model'
import { openFamily, toSession } from './open'
import { accountLimit, addressLimit, countTry, deviceLimit, type Limit } from './throttle'

type From = { address: string; deviceToken: string | null }

/**
 * Opens a session. An unknown address, a wrong password, an account without password and an inactive one answer the same, in
 * the same time. Strangers' failures make an account wait, but not on a device where its owner has signed in before: that
 * device has a count of its own. Nor does the account wait while its owner sits an exam, perhaps on a computer that has just
 * replaced a broken one: nobody can keep a student out of a running attempt by guessing.
 */
export async function signIn(
  { db, signAccess }: Pick<Deps, 'db' | 'signAccess'>,
  { email, password }: Credentials,
  from: From,
): Promise<Opened & { deviceToken: string }> {
  const [person] = await db.select().from(people).where(eq(people.email, email))
  const limits = await limitsFor(db, email, person?.id ?? null, from)
  const hash = person?.isActive ? person.passwordHash : null
  const isRight = await countTry(db, limits, () => verifyPassword(password, hash))
  if (!person || hash === null || !isRight) throw new UnauthorisedError(wrongWords, 'wrong-credentials')
  const rehashed = needsRehash(hash) ? await hashPassword(password) : null
  const deviceToken = from.deviceToken ?? createSecret()
  const opened = await db.transaction(async (tx) => {
    if (rehashed) {
      const isUnchanged = and(eq(people.id, person.id), eq(people.passwordHash, hash))
      await tx.update(people).set({ passwordHash: rehashed }).where(isUnchanged)
    }
    await rememberDevice(tx, person.id, deviceToken)
    return openFamily(tx, person.id)
  })
  const session = await toSession(signAccess, person, opened.sessionId)
  return { session, refreshToken: opened.refreshToken, deviceToken }
}

const wrongWords = 'The e-mail address or the password is not right.'

async function limitsFor(db: Db, email: string, personId: string | null, from: From): Promise<Limit[]> {
  if (from.deviceToken) {
    const deviceHash = hashSecret(from.deviceToken)
    const [known] = await db
      .select({ personId: devices.personId })
      .from(devices)
      .where(
        and(
          eq(devices.deviceHash, deviceHash),
          eq(devices.personId, personId ?? nobody),
          gt(devices.expiresAt, sql`now()`),
        ),
      )
    if (known) return [deviceLimit(deviceHash, email)]
  }
  const isSitting = and(eq(attempts.personId, personId ?? nobody), eq(attempts.isOpen, true))
  if ((await db.$count(attempts, isSitting)) > 0) return [addressLimit(from.address)]
  return [addressLimit(from.address), accountLimit(email)]
}

/** Keeps the query of an unknown address the same as a known one's. */
const nobody = '00000000-0000-0000-0000-000000000000'

async function rememberDevice(tx: Db, personId: string, deviceToken: string): Promise<void> {
  const expiresAt = sql`now() + interval '1 year'`
  await tx
    .insert(devices)
    .values({ deviceHash: hashSecret(deviceToken), personId, expiresAt })
    .onConflictDoUpdate({ target: [devices.deviceHash, devices.personId], set: { expiresAt } })
}
