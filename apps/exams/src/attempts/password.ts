import { createHash } from 'node:crypto'
import type { Cache } from '@hourglass/kit/cache'
import { ForbiddenError, TooManyRequestsError } from '@hourglass/kit/errors'
import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { createSemaphore } from '@hourglass/kit/semaphore'

const triesPerMinute = 10

export const hashPassword = (password: string): Promise<string> =>
  Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 })

export type PasswordGate = {
  assertOpens: (who: string, password: string | undefined, hashes: readonly string[]) => Promise<void>
}

/**
 * Checks an exam's password. A whole class gives the same one in the same seconds, so a pair that was right once is known again
 * by its SHA-256; anything else takes its turn. Ten tries a minute for each student and exam, counted by each replica alone while
 * the cache is away.
 */
export function createPasswordGate(cache: Cache): PasswordGate {
  const turns = createSemaphore({ size: 2, queue: 500, waitMs: 3_000 })
  const right = new Map<string, string>()
  const ownCounts = createMemoryCache({ maxEntries: 10_000 })
  const countTry = (who: string) => {
    const count = ({ increment }: Cache) => increment(`exam-password:${who}`, 60_000)
    return count(cache).catch(() => count(ownCounts))
  }
  return {
    assertOpens: async (who, password, hashes) => {
      if (hashes.length === 0) return
      if (password === undefined) throw new ForbiddenError('password-needed', 'This exam asks for a password.')
      const digest = createHash('sha256').update(password).digest('hex')
      if (hashes.some((hash) => right.get(hash) === digest)) return
      const tries = await countTry(who)
      if (tries > triesPerMinute) throw new TooManyRequestsError('Too many wrong passwords. Wait a minute.', 60)
      for (const hash of hashes) {
        if (await turns.run(() => Bun.password.verify(password, hash))) {
          if (right.size > 1_000) right.clear()
          right.set(hash, digest)
          return
        }
      }
      throw new ForbiddenError('wrong-password', 'That is not the password of this exam.')
    },
  }
}
