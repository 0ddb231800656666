import type { Cache } from '@hourglass/kit/cache'
import { createMemoryCache } from '@hourglass/kit/cache'
import { TooManyRequestsError, UnavailableError } from '@hourglass/kit/errors'
import { withDeadline } from '@hourglass/kit/lifecycle'
import type { Logger } from '@hourglass/kit/logger'
import type { Priority, RequestClass } from './request-class'

/** Requests within a minute. */
export type RateLimits = Record<Priority | 'signIn', { perAddress: number; perAccount: number }>

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
  signIn: { perAddress: 2_400, perAccount: 60 },
}

export type Caller = { address: string; account: string | null }
export type RateLimiter = (requestClass: RequestClass, caller: Caller) => Promise<void>

const windowMs = 60_000
const cacheAnswerMs = 100
const localMs = 5_000

/**
 * Counts a request by address and by account, in the shared cache. While that fails, each replica counts for itself and
 * requests go on, apart from signing in, which waits. Throws a TooManyRequestsError, or an UnavailableError for sign-in.
 */
export function createRateLimiter(cache: Cache, log: Logger, limits: RateLimits = defaultRateLimits): RateLimiter {
  const local = createMemoryCache()
  let localUntil = 0
  const increment = async (key: string, isSignIn: boolean): Promise<number> => {
    // A save never waits twice for a cache that has just been found gone.
    if (Date.now() >= localUntil || isSignIn) {
      try {
        return await withDeadline(cache.increment(key, windowMs), cacheAnswerMs, 'the cache did not answer in time')
      } catch (error) {
        if (Date.now() >= localUntil) log.warn({ err: error }, 'the cache fails: requests are counted here')
        localUntil = Date.now() + localMs
        if (isSignIn) throw new UnavailableError('Signing in is not possible right now. Try again in a moment.', 5)
      }
    }
    return local.increment(key, windowMs)
  }
  return async ({ priority, isSignIn }, { address, account }) => {
    const name = isSignIn ? 'signIn' : priority
    const { perAddress, perAccount } = limits[name]
    const minute = Math.floor(Date.now() / windowMs)
    const counts = await Promise.all([
      increment(`rate:${name}:address:${address}:${minute}`, isSignIn),
      account === null ? 0 : increment(`rate:${name}:account:${account}:${minute}`, isSignIn),
    ])
    if (counts[0] <= perAddress && counts[1] <= perAccount) return
    const secondsLeft = Math.ceil(((minute + 1) * windowMs - Date.now()) / 1_000)
    throw new TooManyRequestsError('Too many requests. Wait a moment.', Math.max(1, secondsLeft))
  }
}
