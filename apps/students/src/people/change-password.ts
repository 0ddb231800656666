import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import { and, eq } from 'drizzle-orm'
import { hashPassword, verifyPassword } from '../passwords/password'
import { people } from '../schema'
import type { PasswordChange } from '../sessions/model'
import { endSessionsOf } from '../sessions/refresh'
import { countTry, passwordLimit } from '../sessions/throttle'

/**
 * Sets a new password and ends every other session of the person. Wrong tries are counted, so that a borrowed access token
 * cannot be used to guess. Throws an UnprocessableError (`wrong-password`).
 */
export async function changePassword(
  db: Db,
  { personId, sessionId }: { personId: string; sessionId: string },
  { currentPassword, newPassword }: PasswordChange,
): Promise<void> {
  const [person] = await db.select().from(people).where(eq(people.id, personId))
  if (!person?.isActive) throw new NotFoundError('person')
  const { passwordHash: before } = person
  const isRight = await countTry(db, [passwordLimit(personId)], () => verifyPassword(currentPassword, before))
  if (!isRight || before === null) throw wrongPassword()
  const passwordHash = await hashPassword(newPassword)
  await db.transaction(async (tx) => {
    const isUnchanged = and(eq(people.id, personId), eq(people.passwordHash, before))
    const changed = await tx.update(people).set({ passwordHash }).where(isUnchanged).returning({ id: people.id })
    if (changed.length === 0) throw wrongPassword()
    await endSessionsOf(tx, personId, 'password', sessionId)
  })
}

const wrongPassword = () => new UnprocessableError('wrong-password', 'The current password is not right.')
