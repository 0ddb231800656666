import { createSemaphore } from '@hourglass/kit/semaphore'
import { z } from 'zod'
import { commonPasswords } from './common-passwords'

/** OWASP's argon2id setting; Bun's parallelism is always 1. */
const parameters = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const
const currentPrefix = '$argon2id$v=19$m=19456,t=2,p=1$'

/**
 * Each hash takes 19 MiB and a core for some 20 ms: a flood of sign-ins waits here, not the whole process. Somewhat less than the
 * gateway waits for a sign-in, so that a class on a slow machine is served and not turned away.
 */
const slots = createSemaphore({ size: 2, queue: 500, waitMs: 26_000 })

/** A password to be set: NIST SP 800-63B — length counts, composition does not, known leaked ones are refused. */
export const NewPassword = z
  .string()
  .min(8, 'has fewer than 8 characters')
  .max(200)
  .refine((password) => password.isWellFormed() && !password.includes('\0'), 'has characters that cannot be kept')
  .refine((password) => !commonPasswords.has(password.toLowerCase()), 'is one of the passwords that everybody tries')

export const hashPassword = (password: string): Promise<string> =>
  slots.run(() => Bun.password.hash(password, parameters))

/**
 * True if the password is right. Without a hash (no such account, or no password yet) it checks against one that fits
 * nothing, so that the answer takes as long.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  dummyHash ??= await hashPassword(crypto.randomUUID())
  const against = hash ?? dummyHash
  const isRight = await slots.run(() => Bun.password.verify(password, against))
  return isRight && hash !== null
}

/** True when the hash was made with other parameters than today's. */
export const needsRehash = (hash: string): boolean => !hash.startsWith(currentPrefix)

let dummyHash: string | null = null
