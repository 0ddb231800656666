import { eventJobs } from '@hourglass/events/event-jobs'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { linkAllAudits } from './audit/chain'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { createSealDelay } from './metrics'
import { events, idempotencyKeys } from './schema'
import { resealDue, sealDue } from './seal/sealer'
import { announceAttempts } from './stream/announce'

/** What the exam room does by itself; in every replica at once. */
export function createJobs(deps: Deps): Job[] {
  const {
    background: db,
    cache,
    service: { log, metrics },
  } = deps
  const sealDelay = createSealDelay(metrics.registry)
  return [
    {
      name: 'sealer',
      everyMs: 250,
      run: async () => announceAttempts({ cache, log }, await sealDue(db, (seconds) => sealDelay.observe({}, seconds))),
    },
    { name: 'resealer', everyMs: 500, run: () => resealDue(db) },
    { name: 'audit chain', everyMs: 1_000, run: () => linkAllAudits(db) },
    ...eventJobs({ ...deps, db }, events, createConsumer(deps)),
    { name: 'forget old keys', everyMs: 3_600_000, run: () => forgetOldKeys(db, idempotencyKeys) },
  ]
}
