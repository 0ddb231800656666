import { eventJobs } from '@hourglass/events/event-jobs'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { countMarksJob } from './marking/count-marks'
import { reconcile } from './marking/reconcile'
import { countTold, measureMarksJob } from './metrics'
import { events, idempotencyKeys } from './schema'

export const createJobs = (deps: Deps): Job[] => [
  ...eventJobs({ ...deps, onTold: countTold(deps.service.metrics.registry) }, events, createConsumer(deps)),
  measureMarksJob(deps.db, deps.service.metrics.registry),
  countMarksJob(deps.db, deps.service.metrics.registry),
  { name: 'reconcile grading', everyMs: 10_000, run: () => reconcile(deps) },
  { name: 'forget old keys', everyMs: 3_600_000, run: () => forgetOldKeys(deps.db, idempotencyKeys) },
]
