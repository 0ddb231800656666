import { measureOutboxJob } from '@hourglass/events/measure-jobs'
import { relayJob } from '@hourglass/events/relay'
import type { Job } from '@hourglass/kit/jobs'
import type { Deps } from './deps'
import { countTold } from './metrics'

export const createJobs = ({ store, bus, service }: Deps): Job[] => [
  relayJob(store.events, bus, service, countTold(service.metrics.registry)),
  measureOutboxJob(store.events, service),
]
