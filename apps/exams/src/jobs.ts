import { retryJob } from '@hourglass/events/consume'
import { forgetOldEvents } from '@hourglass/events/inbox'
import { relayJob } from '@hourglass/events/relay'
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
    db,
    bus,
    cache,
    service: { log, metrics },
  } = deps
  const sealDelay = createSealDelay(metrics.registry)
  return [
    {
      name: 'sealer',
      everyMs: 250,
      run: async () => announceAttempts({ cache, log }, await sealDue(db, (seconds) => sealDelay.observe(seconds))),
    },
    { name: 'resealer', everyMs: 500, run: () => resealDue(db) },
    { name: 'audit chain', everyMs: 1_000, run: () => linkAllAudits(db) },
    relayJob(db, events, bus, log),
    retryJob(db, events, createConsumer(deps), log),
    {
      name: 'forget',
      everyMs: 3_600_000,
      run: async () => {
        await forgetOldKeys(db, idempotencyKeys)
        await forgetOldEvents(db, events, new Date(Date.now() - 30 * 24 * 3_600_000))
      },
    },
  ]
}
