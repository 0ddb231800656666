import { measureOutboxJob } from '@hourglass/events/measure-jobs'
import { relayJob } from '@hourglass/events/relay'
import type { Job } from '@hourglass/kit/jobs'
import type { Deps } from './deps'

export const createJobs = ({ store, bus, service }: Deps): Job[] => [
  relayJob(store.events, bus, service),
  measureOutboxJob(store.events, service),
]
