import type { Db } from '@hourglass/kit/db/connect'
import { ForbiddenError, GoneError, NotFoundError } from '@hourglass/kit/errors'
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { hashPassword } from '../passwords/password'
import { isVisibleTo, type Viewer } from '../people/visibility'
import { invitations, people } from '../schema'
import { createSecret, hashSecret } from '../secrets'
import { endSessionsOf } from '../sessions/refresh'
import type { Acceptance, Accepted, InvitationLink } from './model'

const validMs = 7 * 86_400_000

/** A teacher invites only students who have no password yet: the link would otherwise open an account that is in use. */
export async function invite(db: Db, viewer: Viewer, personId: string): Promise<InvitationLink> {
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.id, personId), isVisibleTo(db, viewer)))
  if (!person) throw new NotFoundError('person')
  if (viewer.role !== 'admin' && (person.role !== 'student' || person.passwordHash !== null)) {
    throw new ForbiddenError('already-joined', 'This account is in use. Only an admin can send a new link.')
  }
  const [link] = await db.transaction((tx) => createInvitations(tx, [personId]))
  if (!link) throw new Error('no invitation was made')
  return link
}

/** One link for each person, in their order; earlier links of theirs stop working. */
export async function createInvitations(tx: Db, personIds: readonly string[]): Promise<InvitationLink[]> {
  if (personIds.length === 0) return []
  const expiresAt = new Date(Date.now() + validMs)
  const made = personIds.map((personId) => ({ personId, token: createSecret() }))
  await tx.delete(invitations).where(and(inArray(invitations.personId, [...personIds]), isNull(invitations.usedAt)))
  await tx
    .insert(invitations)
    .values(made.map(({ personId, token }) => ({ tokenHash: hashSecret(token), personId, expiresAt })))
  return made.map(({ token }) => ({ link: `/invitation#${token}`, expiresAt: expiresAt.toISOString() }))
}

/** Sets the password of the invited person, once. Throws a GoneError for a used, replaced, expired or invented token. */
export async function acceptInvitation(db: Db, { token, password }: Acceptance): Promise<Accepted> {
  const isGood = and(
    eq(invitations.tokenHash, hashSecret(token)),
    isNull(invitations.usedAt),
    gt(invitations.expiresAt, sql`now()`),
  )
  if ((await db.$count(invitations, isGood)) === 0) throw invitationOver()
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    const [taken] = await tx.update(invitations).set({ usedAt: sql`now()` }).where(isGood).returning()
    if (!taken) throw invitationOver()
    const isInvited = and(eq(people.id, taken.personId), eq(people.isActive, true))
    const [person] = await tx.update(people).set({ passwordHash }).where(isInvited).returning()
    if (!person) throw invitationOver()
    await endSessionsOf(tx, person.id, 'password')
    return { email: person.email }
  })
}

const invitationOver = () =>
  new GoneError('invitation-over', 'This invitation was used or has expired. Ask for a new one.')
