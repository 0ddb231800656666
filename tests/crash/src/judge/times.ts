import type { AttemptFacts, Evidence } from '../evidence'

/** From the look at the clock until the commit: longer only when a save waited for somebody after it was judged. */
const commitMs = 500

/**
 * I4: nothing was taken after the end and its grace, also by the time at which PostgreSQL says that it committed; what came after
 * the end says so; nothing was refused before the end.
 */
export function judgeTimes({ attempts, fates, logged }: Evidence, networkGraceMs: number): string[] {
  const attemptOf = new Map(attempts.map((attempt) => [attempt.attemptId, attempt]))
  const endsAt = (attemptId: string) => endOf(attemptOf.get(attemptId))
  const taken = fates.flatMap(({ operation: { operationId, attemptId }, answers }) =>
    answers.flatMap((saved) => {
      const end = endsAt(attemptId)
      const storedAt = Date.parse(saved.storedAt)
      if (storedAt > end + networkGraceMs) return [`I4: ${operationId} was stored after the grace`]
      return storedAt > end && !saved.isLate ? [`I4: ${operationId} came late and is not marked so`] : []
    }),
  )
  const committed = logged.flatMap(({ operationId, attemptId, committedAt }) => {
    const afterMs = (committedAt?.getTime() ?? 0) - endsAt(attemptId) - networkGraceMs
    return afterMs > commitMs ? [`I4: ${operationId} was committed ${Math.round(afterMs)} ms after the grace`] : []
  })
  const refused = fates.flatMap(({ operation: { operationId, attemptId }, refusedAt }) =>
    refusedAt !== null && refusedAt < endsAt(attemptId) ? [`I4: ${operationId} was refused before the end`] : [],
  )
  return [...taken, ...committed, ...refused]
}

const endOf = (attempt: AttemptFacts | undefined): number =>
  attempt?.sealedAt?.getTime() ?? attempt?.deadline?.getTime() ?? Number.POSITIVE_INFINITY
