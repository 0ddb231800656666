import type { Cache } from '@hourglass/kit/cache'
import type { Db } from '@hourglass/kit/db/connect'
import type { Readiness } from '@hourglass/kit/health'
import type { Logger } from '@hourglass/kit/logger'
import { inArray, sql } from 'drizzle-orm'
import type { AttemptRow } from '../attempts/find-attempt'
import { attempts } from '../schema'
import { attemptChannel } from './announce'

export type Listener = { onChange: (row: AttemptRow) => void; onLeave: () => void }
export type AttemptFeed = { subscribe: (attemptId: string, listener: Listener) => () => void; size: () => number }

const lookEveryMs = 1_000

/**
 * Tells this process's streams when their attempts change. It looks at all of them once a second in one query, and at once
 * when the cache says that one changed: a lost message costs a second, not the news. It rests while nobody listens. A listener
 * leaves when this process drains, and when the database is not the one that it was: it has started anew, and may have been set
 * back to a backup, so that every room has to compare what it has with what is stored.
 */
export function createAttemptFeed(parts: { db: Db; cache: Cache; readiness: Readiness; log: Logger }): AttemptFeed {
  const { db, cache, readiness, log } = parts
  const listenersOf = new Map<string, Set<Listener>>()
  let timer: ReturnType<typeof setInterval> | null = null
  let unsubscribe: Promise<() => Promise<void>> | null = null
  let databaseStartedAt: string | null = null

  const look = async (ids: readonly string[]) => {
    if (ids.length === 0) return
    const rows = await db
      .select({ row: attempts, startedAt: sql<string>`pg_postmaster_start_time()::text` })
      .from(attempts)
      .where(inArray(attempts.id, [...ids]))
    const startedAt = rows[0]?.startedAt ?? databaseStartedAt
    const isAnother = databaseStartedAt !== null && startedAt !== databaseStartedAt
    databaseStartedAt = startedAt
    if (isAnother) return sendAway()
    for (const { row } of rows) for (const { onChange } of listenersOf.get(row.id) ?? []) onChange(row)
  }
  const sendAway = () => {
    for (const listeners of [...listenersOf.values()]) for (const { onLeave } of [...listeners]) onLeave()
  }
  const lookSafely = (ids: readonly string[]) =>
    look(ids).catch((error) => {
      // Whether it is still the one that it was before the first look nobody can say.
      databaseStartedAt ??= 'unknown'
      log.warn({ err: error }, 'streams could not look into the database')
    })

  let isLooking = false
  const tick = async () => {
    if (readiness.state === 'draining') return sendAway()
    if (isLooking) return
    isLooking = true
    await lookSafely([...listenersOf.keys()])
    isLooking = false
  }
  const begin = (attemptId: string) => {
    if (timer) return
    timer = setInterval(tick, lookEveryMs)
    void lookSafely([attemptId])
    unsubscribe = cache.subscribe(attemptChannel, (id) => {
      if (listenersOf.has(id)) void lookSafely([id])
    })
    unsubscribe.catch((error) => log.warn({ err: error }, 'no fan-out; streams rely on the database'))
  }
  const rest = () => {
    if (timer) clearInterval(timer)
    timer = null
    databaseStartedAt = null
    unsubscribe?.then((end) => end()).catch(() => {})
    unsubscribe = null
  }
  return {
    subscribe: (attemptId, listener) => {
      const all = listenersOf.get(attemptId) ?? new Set()
      listenersOf.set(attemptId, all.add(listener))
      begin(attemptId)
      return () => {
        all.delete(listener)
        if (all.size === 0 && listenersOf.get(attemptId) === all) listenersOf.delete(attemptId)
        if (listenersOf.size === 0) rest()
      }
    },
    size: () => listenersOf.size,
  }
}
