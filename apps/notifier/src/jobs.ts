import { eventJobs } from '@hourglass/events/event-jobs'
import type { Job } from '@hourglass/kit/jobs'
import { createConsumer } from './consumer'
import { countToldJob } from './deliveries/count-told'
import { sendDue } from './deliveries/send'
import type { Deps } from './deps'
import { events } from './schema'

export const createJobs = (deps: Deps): Job[] => [
  ...eventJobs(deps, events, createConsumer()),
  { name: 'send mail', everyMs: 1_000, run: () => sendDue(deps) },
  countToldJob(deps.db, deps.service.metrics.registry),
]
