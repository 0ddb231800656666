import { retryJob } from '@hourglass/events/consume'
import { forgetOldEvents } from '@hourglass/events/inbox'
import { relayJob } from '@hourglass/events/relay'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { reconcile } from './marking/reconcile'
import { events, idempotencyKeys } from './schema'

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000

export const createJobs = (deps: Deps): Job[] => {
  const { db, bus, service } = deps
  return [
    relayJob(db, events, bus, service.log),
    retryJob(db, events, createConsumer(deps), service.log),
    { name: 'reconcile grading', everyMs: 10_000, run: () => reconcile(deps) },
    {
      name: 'forget old keys and events',
      everyMs: 60 * 60 * 1_000,
      run: async () => {
        await forgetOldKeys(db, idempotencyKeys)
        await forgetOldEvents(db, events, new Date(Date.now() - thirtyDaysMs))
      },
    },
  ]
}
