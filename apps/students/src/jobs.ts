import { eventJobs } from '@hourglass/events/event-jobs'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { lt, sql } from 'drizzle-orm'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { devices, events, idempotencyKeys, invitations, sessions } from './schema'
import { forgetOldThrottles } from './sessions/throttle'

export const createJobs = (deps: Deps): Job[] => {
  const { db } = deps
  return [
    ...eventJobs(deps, events, createConsumer()),
    {
      name: 'forget what is over',
      everyMs: 60 * 60 * 1_000,
      run: async () => {
        await forgetOldKeys(db, idempotencyKeys)
        await forgetOldThrottles(db)
        await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
        await db.delete(devices).where(lt(devices.expiresAt, sql`now()`))
        await db.delete(invitations).where(lt(invitations.expiresAt, sql`now() - interval '30 days'`))
      },
    },
  ]
}
