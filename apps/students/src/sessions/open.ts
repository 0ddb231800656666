import type { Db } from '@hourglass/kit/db/connect'
import { sql } from 'drizzle-orm'
import type { Deps } from '../deps'
import { type people, refreshTokens, sessions } from '../schema'
import { createSecret, hashSecret } from '../secrets'
import type { Session } from './model'

export type Person = typeof people.$inferSelect

const accessMs = 10 * 60 * 1_000

/** A new family with its first refresh token, which it answers. */
export async function openFamily(tx: Db, personId: string): Promise<{ sessionId: string; refreshToken: string }> {
  const sessionId = Bun.randomUUIDv7()
  const refreshToken = createSecret()
  await tx.insert(sessions).values({ id: sessionId, personId, expiresAt: sql`now() + interval '90 days'` })
  await storeRefreshToken(tx, sessionId, refreshToken)
  return { sessionId, refreshToken }
}

/** Its first storing counts: a successor that two requests derive is one row. */
export async function storeRefreshToken(tx: Db, sessionId: string, token: string): Promise<void> {
  await tx
    .insert(refreshTokens)
    .values({ tokenHash: hashSecret(token), sessionId, expiresAt: sql`now() + interval '14 days'` })
    .onConflictDoNothing()
}

/** The access token, good for ten minutes, and who it speaks for. */
export async function toSession(sign: Deps['signAccess'], person: Person, sessionId: string): Promise<Session> {
  const expiresAt = new Date(Date.now() + accessMs)
  const { id, role, name, email } = person
  const accessToken = await sign(id, { role, name, sid: sessionId }, expiresAt)
  return { accessToken, expiresAt: expiresAt.toISOString(), person: { id, role, name, email } }
}
