import { retryJob } from '@hourglass/events/consume'
import { forgetOldEvents } from '@hourglass/events/inbox'
import type { Job } from '@hourglass/kit/jobs'
import { createConsumer } from './consumer'
import { sendDue } from './deliveries/send'
import type { Deps } from './deps'
import { events } from './schema'

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000

/** No relay: the notifier has nothing to tell other services. */
export const createJobs = (deps: Deps): Job[] => {
  const { db, service } = deps
  return [
    retryJob(db, events, createConsumer(), service.log),
    { name: 'send mail', everyMs: 1_000, run: () => sendDue(deps) },
    {
      name: 'forget old events',
      everyMs: 60 * 60 * 1_000,
      run: () => forgetOldEvents(db, events, new Date(Date.now() - thirtyDaysMs)),
    },
  ]
}
