import { eventJobs } from '@hourglass/events/event-jobs'
import { forgetOldKeys } from '@hourglass/kit/db/idempotency'
import type { Job } from '@hourglass/kit/jobs'
import { countSloEvents } from '@hourglass/kit/slo-events'
import { linkAllAudits } from './audit/chain'
import { logAudit } from './audit/log'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { measureRoomJob } from './measure-room'
import { countTold, createSealDelay } from './metrics'
import { events, idempotencyKeys } from './schema'
import { claimOverdue, promisedSealSeconds } from './seal/late-seals'
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
  const countSeal = countSloEvents(metrics.registry, 'seals', ['late', 'overdue'])
  return [
    {
      name: 'sealer',
      everyMs: 250,
      run: async () => {
        const ids = await sealDue(db, ({ delaySeconds, wasCounted }) => {
          sealDelay.observe({}, delaySeconds)
          if (!wasCounted) countSeal(delaySeconds > promisedSealSeconds ? 'late' : 'good')
        })
        await announceAttempts({ cache, log }, ids)
        return ids
      },
    },
    {
      name: 'watch seals',
      everyMs: 1_000,
      run: async () => {
        const count = await claimOverdue(db)
        countSeal('overdue', count)
        return count
      },
    },
    { name: 'resealer', everyMs: 500, run: () => resealDue(db) },
    { name: 'audit chain', everyMs: 1_000, run: () => linkAllAudits(db, logAudit(log)) },
    ...eventJobs({ ...deps, db, onTold: countTold(metrics.registry) }, events, createConsumer(deps)),
    measureRoomJob(db, metrics.registry),
    { name: 'forget old keys', everyMs: 3_600_000, run: () => forgetOldKeys(db, idempotencyKeys) },
  ]
}
