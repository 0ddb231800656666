import type { Cache } from '@hourglass/kit/cache'
import type { Logger } from '@hourglass/kit/logger'

export const attemptChannel = 'exams:attempts'

/** Tells every replica's streams that these attempts changed. May be lost: the streams also look into the database. */
export async function announceAttempts(
  { cache, log }: { cache: Cache; log: Logger },
  attemptIds: readonly string[],
): Promise<void> {
  const outcomes = await Promise.allSettled(attemptIds.map((id) => cache.publish(attemptChannel, id)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) log.warn({ err: failed.reason }, 'attempts not announced')
}
