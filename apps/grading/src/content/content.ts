import type { Db } from '@hourglass/kit/db/connect'
import { digestOf } from '@hourglass/questions/canonical'
import { Key } from '@hourglass/questions/key'
import { Paper } from '@hourglass/questions/paper'
import { eq } from 'drizzle-orm'
import type { ContentPort } from '../deps'
import { keys, papers } from '../schema'

/** A body is not the one that its digest names: nothing may be marked by it. */
export class DigestMismatchError extends Error {
  override readonly name = 'DigestMismatchError'
}

/** The body cannot be had now; asking again later makes sense. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** What a port answers; its rejection as an UnreachableError. */
export async function pull<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new UnreachableError(`${what} cannot be had now`, { cause })
  }
}

export type Digests = { paperDigest: string; keyDigest: string }

/** Throws a DigestMismatchError unless `digest` is the SHA-256 of the body's canonical JSON. */
export async function assertDigest(what: string, digest: string, body: unknown): Promise<void> {
  const actual = await digestOf(body)
  if (actual !== digest) throw new DigestMismatchError(`${what} ${digest} came with the digest ${actual}`)
}

/**
 * Pulls the key and the paper of an exam unless they are kept already, checks their digests, and keeps them for ever.
 * Throws an UnreachableError when they cannot be had now, a DigestMismatchError or a ZodError when they are not what they should be.
 */
export async function keepContent(db: Db, content: ContentPort, { paperDigest, keyDigest }: Digests): Promise<void> {
  const [paper] = await db.select({ digest: papers.digest }).from(papers).where(eq(papers.digest, paperDigest))
  if (!paper) {
    const body = await pull(`paper ${paperDigest}`, content.paper(paperDigest))
    await assertDigest('paper', paperDigest, body)
    await db
      .insert(papers)
      .values({ digest: paperDigest, body: Paper.parse(body) })
      .onConflictDoNothing()
  }
  await keepKey(db, content, keyDigest)
}

/** As `keepContent`, for a key alone; answers it. */
export async function keepKey(db: Db, content: ContentPort, digest: string): Promise<Key> {
  const kept = await getKey(db, digest)
  if (kept) return kept
  const body = await pull(`key ${digest}`, content.key(digest))
  await assertDigest('key', digest, body)
  const key = Key.parse(body)
  await db.insert(keys).values({ digest, paperDigest: key.paperDigest, body: key }).onConflictDoNothing()
  return key
}

export async function getPaper(db: Db, digest: string): Promise<Paper | null> {
  const [row] = await db.select({ body: papers.body }).from(papers).where(eq(papers.digest, digest))
  return row?.body ?? null
}

export async function getKey(db: Db, digest: string): Promise<Key | null> {
  const [row] = await db.select({ body: keys.body }).from(keys).where(eq(keys.digest, digest))
  return row?.body ?? null
}
