import { relayJob } from '@hourglass/events/relay'
import type { Job } from '@hourglass/kit/jobs'
import type { Deps } from './deps'

export const createJobs = ({ store, bus, service: { log } }: Deps): Job[] => [relayJob(store.events, bus, log)]
