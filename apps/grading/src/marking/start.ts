import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { inArray } from 'drizzle-orm'
import { abandonedAttempts, attempts } from '../schema'

/** Keeps that attempts have begun; of those that were abandoned the word of their start comes late and changes nothing. */
export async function storeStarts(tx: Db, started: readonly EventData<'attempt.started'>[]): Promise<void> {
  const ids = started.map(({ attemptId }) => attemptId)
  const abandoned = await tx
    .select({ attemptId: abandonedAttempts.attemptId })
    .from(abandonedAttempts)
    .where(inArray(abandonedAttempts.attemptId, ids))
  const over = new Set(abandoned.map(({ attemptId }) => attemptId))
  const places = started
    .filter(({ attemptId }) => !over.has(attemptId))
    .map(({ startedAt, ...place }) => ({ ...place, startedAt: new Date(startedAt) }))
    // Two replicas wait for each other's rows in one order.
    .toSorted((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
  if (places.length > 0) await tx.insert(attempts).values(places).onConflictDoNothing()
}
