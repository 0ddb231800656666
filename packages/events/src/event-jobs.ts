import type { Db } from '@hourglass/kit/db/connect'
import type { Instruments } from '@hourglass/kit/instruments'
import type { Job } from '@hourglass/kit/jobs'
import type { Bus } from './bus'
import { catchUpJob, type Feed } from './catch-up'
import { type Consumer, retryJob } from './consume'
import { forgetOldEvents } from './inbox'
import { measureOutboxJob, measureParkedJob } from './measure-jobs'
import { createPostgresSource } from './postgres-source'
import { type OnTold, relayJob } from './relay'
import type { EventTables } from './tables'

const hourMs = 60 * 60 * 1_000
const thirtyDaysMs = 30 * 24 * hourMs

type EventDeps = { db: Db; bus: Bus; feeds: readonly Feed[]; service: Instruments; onTold?: OnTold }

/** What a service does with events beside receiving them: tells its own, tries again, looks for missed ones, forgets old ones. */
export function eventJobs(
  { db, bus, feeds, service, onTold }: EventDeps,
  events: EventTables,
  consumer: Consumer,
): Job[] {
  const source = createPostgresSource(db, events)
  return [
    relayJob(source, bus, service, onTold),
    retryJob(db, events, consumer, service),
    catchUpJob(db, events, consumer.name, feeds, service.log),
    measureOutboxJob(source, service),
    measureParkedJob(db, events, service),
    {
      name: 'forget old events',
      everyMs: hourMs,
      run: () => forgetOldEvents(db, events, new Date(Date.now() - thirtyDaysMs)),
    },
  ]
}
