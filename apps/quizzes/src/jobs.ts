import { relayJob } from '@hourglass/events/relay'
import type { Job } from '@hourglass/kit/jobs'
import type { Deps } from './deps'
import { events } from './schema'

export const createJobs = ({ db, bus, service: { log } }: Deps): Job[] => [relayJob(db, events, bus, log)]
