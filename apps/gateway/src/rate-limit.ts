import type { Cache } from '@hourglass/kit/cache'
import { TooManyRequestsError } from '@hourglass/kit/errors'
import { withDeadline } from '@hourglass/kit/lifecycle'
import type { Logger } from '@hourglass/kit/logger'
import type { Priority, RequestClass } from './request-class'
import { createWindow, secondsLeft } from './window'

/** Requests within a minute. */
export type RateLimits = Record<Priority, { perAddress: number; perAccount: number }>

/**
 * Generous on purpose: a school of 1,000 sits behind one address and signs in, starts and saves every 2 s, all at once.
 * They stop a runaway client and a guesser; guessing one account's password is what `students` counts. Saves have the widest:
 * they cost little, need a seat, and are what must not be refused.
 */
export const defaultRateLimits: RateLimits = {
  save: { perAddress: 1_200_000, perAccount: 3_000 },
  start: { perAddress: 20_000, perAccount: 240 },
  read: { perAddress: 60_000, perAccount: 900 },
  bulk: { perAddress: 12_000, perAccount: 300 },
  'sign-in': { perAddress: 2_400, perAccount: 60 },
}

export type Caller = { address: string; account: string | null }
export type RateLimiter = (requestClass: RequestClass, caller: Caller) => Promise<void>

const windowMs = 60_000
const cacheAnswerMs = 100
const localMs = 5_000

/**
 * Counts a request by address and by account, in the shared cache. While that fails, each replica counts for itself and
 * requests go on, signing in too: who guesses at an account is stopped by `students`, which counts in its database. Saves are
 * always counted by the replica alone: their limits only stop a runaway client, and no cache is worth a wait to them. Throws a
 * TooManyRequestsError.
 */
export function createRateLimiter(cache: Cache, log: Logger, limits: RateLimits = defaultRateLimits): RateLimiter {
  const local = createWindow()
  let localUntil = 0
  const increment = async (key: string): Promise<number> => {
    // Nobody waits twice for a cache that has just been found gone.
    if (Date.now() >= localUntil) {
      try {
        return await withDeadline(cache.increment(key, windowMs), cacheAnswerMs, 'the cache did not answer in time')
      } catch (error) {
        if (Date.now() >= localUntil) log.warn({ err: error }, 'the cache fails: requests are counted here')
        localUntil = Date.now() + localMs
      }
    }
    return local(key)
  }
  const assertFew = (name: keyof RateLimits, byAddress: number, byAccount: number) => {
    const { perAddress, perAccount } = limits[name]
    if (byAddress <= perAddress && byAccount <= perAccount) return
    throw new TooManyRequestsError('Too many requests. Wait a moment.', secondsLeft())
  }
  return async ({ priority: name }, { address, account }) => {
    if (name === 'save') return assertFew(name, local(address), account === null ? 0 : local(account))
    const minute = Math.floor(Date.now() / windowMs)
    const counts: [number, number] = await Promise.all([
      increment(`rate:${name}:address:${address}:${minute}`),
      account === null ? 0 : increment(`rate:${name}:account:${account}:${minute}`),
    ])
    assertFew(name, ...counts)
  }
}
