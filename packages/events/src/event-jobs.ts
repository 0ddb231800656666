import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Logger } from '@hourglass/kit/logger'
import type { Bus } from './bus'
import { catchUpJob, type Feed } from './catch-up'
import { type Consumer, retryJob } from './consume'
import { forgetOldEvents } from './inbox'
import { createPostgresSource } from './postgres-source'
import { relayJob } from './relay'
import type { EventTables } from './tables'

const hourMs = 60 * 60 * 1_000
const thirtyDaysMs = 30 * 24 * hourMs

/** What a service does with events beside receiving them: tells its own, tries again, looks for missed ones, forgets old ones. */
export function eventJobs(
  { db, bus, feeds, service: { log } }: { db: Db; bus: Bus; feeds: readonly Feed[]; service: { log: Logger } },
  events: EventTables,
  consumer: Consumer,
): Job[] {
  return [
    relayJob(createPostgresSource(db, events), bus, log),
    retryJob(db, events, consumer, log),
    catchUpJob(db, events, consumer.name, feeds, log),
    {
      name: 'forget old events',
      everyMs: hourMs,
      run: () => forgetOldEvents(db, events, new Date(Date.now() - thirtyDaysMs)),
    },
  ]
}
