import { retryJob } from '@hourglass/events/consume'
import { forgetOldEvents } from '@hourglass/events/inbox'
import { relayJob } from '@hourglass/events/relay'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { lt, sql } from 'drizzle-orm'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { devices, events, idempotencyKeys, invitations, sessions } from './schema'
import { forgetOldThrottles } from './sessions/throttle'

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000

export const createJobs = ({ db, bus, service }: Deps): Job[] => [
  relayJob(db, events, bus, service.log),
  retryJob(db, events, createConsumer(), service.log),
  {
    name: 'forget what is over',
    everyMs: 60 * 60 * 1_000,
    run: async () => {
      await forgetOldKeys(db, idempotencyKeys)
      await forgetOldEvents(db, events, new Date(Date.now() - thirtyDaysMs))
      await forgetOldThrottles(db)
      await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
      await db.delete(devices).where(lt(devices.expiresAt, sql`now()`))
      await db.delete(invitations).where(lt(invitations.expiresAt, sql`now() - interval '30 days'`))
    },
  },
]
