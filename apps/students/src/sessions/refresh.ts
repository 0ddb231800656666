import type { Db } from '@hourglass/kit/db/connect'
import { UnauthorisedError } from '@hourglass/kit/errors'
import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Deps } from '../deps'
import { people, refreshTokens, sessions } from '../schema'
import { deriveSuccessor, hashSecret } from '../secrets'
import type { Opened } from './model'
import { type Person, storeRefreshToken, toSession } from './open'

const graceSeconds = 30

/**
 * Exchanges a refresh token for its successor. A used one ends its whole family: somebody else holds a copy. Within 30 s of
 * its use it answers the same successor instead, since an answer that was lost on the way must not sign an examinee out.
 */
export async function refreshSession(
  { db, signAccess, refreshSecret }: Pick<Deps, 'db' | 'signAccess' | 'refreshSecret'>,
  token: string | null,
): Promise<Opened> {
  const outcome = token ? await db.transaction((tx) => rotate(tx, token, refreshSecret)) : null
  if (!outcome) throw new UnauthorisedError('This session has ended. Sign in again.', 'session-ended')
  const session = await toSession(signAccess, outcome.person, outcome.sessionId)
  return { session, refreshToken: outcome.refreshToken }
}

/** Ends the session that the token belongs to; without one there is nothing to end. */
export async function signOut(db: Db, token: string | null): Promise<void> {
  if (!token) return
  const [row] = await db
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, hashSecret(token)))
  if (row) await endSession(db, row.sessionId, 'sign-out')
}

type EndedBy = NonNullable<(typeof sessions.$inferSelect)['endedBy']>

/** Ends a person's sessions, but not `keptSessionId`. */
export async function endSessionsOf(tx: Db, personId: string, endedBy: EndedBy, keptSessionId?: string): Promise<void> {
  const isOther = keptSessionId ? ne(sessions.id, keptSessionId) : undefined
  const isOpen = and(eq(sessions.personId, personId), isNull(sessions.endedAt), isOther)
  await tx.update(sessions).set({ endedAt: sql`now()`, endedBy }).where(isOpen)
}

/** Answers `null` instead of throwing, so that the end of a family is committed. */
async function rotate(
  tx: Db,
  token: string,
  secret: string,
): Promise<{ person: Person; sessionId: string; refreshToken: string } | null> {
  const isThisToken = eq(refreshTokens.tokenHash, hashSecret(token))
  // Requests with the same token come one after the other.
  await tx.select({ sessionId: refreshTokens.sessionId }).from(refreshTokens).where(isThisToken).for('update')
  const [row] = await tx
    .select({
      sessionId: refreshTokens.sessionId,
      person: people,
      isUsed: sql<boolean>`${refreshTokens.usedAt} is not null`,
      isInGrace: sql<boolean>`coalesce(${refreshTokens.usedAt} > clock_timestamp() - make_interval(secs => ${graceSeconds}), false)`,
      isOver: sql<boolean>`${sessions.endedAt} is not null or ${sessions.expiresAt} <= now() or ${refreshTokens.expiresAt} <= now() or not ${people.isActive}`,
    })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
    .innerJoin(people, eq(people.id, sessions.personId))
    .where(isThisToken)
  if (!row || row.isOver) return null
  if (row.isUsed && !row.isInGrace) {
    await endSession(tx, row.sessionId, 'reuse')
    return null
  }
  const refreshToken = deriveSuccessor(secret, token)
  if (!row.isUsed) {
    await tx.update(refreshTokens).set({ usedAt: sql`clock_timestamp()` }).where(isThisToken)
    await storeRefreshToken(tx, row.sessionId, refreshToken)
  }
  return { person: row.person, sessionId: row.sessionId, refreshToken }
}

async function endSession(db: Db, sessionId: string, endedBy: EndedBy): Promise<void> {
  const isOpen = and(eq(sessions.id, sessionId), isNull(sessions.endedAt))
  await db.update(sessions).set({ endedAt: sql`now()`, endedBy }).where(isOpen)
}
