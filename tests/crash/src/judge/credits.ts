import type { AttemptFacts, CreditFacts, Evidence } from '../evidence'

/** An outage whose minutes a teacher gave back, and when the teacher was told that it is done. */
export type Outage = { from: Date; to: Date; toldAt: Date }

/** A millisecond of rounding at either end. */
const slackMs = 2

/**
 * I14: no moment was given back to anybody twice; an attempt's end has moved by what was given back to it and by nothing else; and of
 * the outages that teachers gave back nobody is missing whose attempt had not ended.
 */
export function judgeCredits({ attempts, credits }: Evidence, compensated: readonly Outage[]): string[] {
  const creditsOf = Map.groupBy(credits, ({ attemptId }) => attemptId)
  return attempts.flatMap((attempt) => {
    const its = (creditsOf.get(attempt.attemptId) ?? []).toSorted((a, b) => a.from.getTime() - b.from.getTime())
    return [
      ...judgeOverlaps(its),
      ...judgeEnd(attempt, its),
      ...compensated.flatMap((outage) => judgeOutage(attempt, its, outage)),
    ].map((fault) => `I14: attempt ${attempt.attemptId} ${fault}`)
  })
}

const judgeOverlaps = (its: readonly CreditFacts[]): string[] =>
  its.some(({ from }, index) => from.getTime() < (its[index - 1]?.to.getTime() ?? 0))
    ? ['was given the same time back twice']
    : []

function judgeEnd({ startedAt, limitSeconds, closesAt, shiftMs, deadline }: AttemptFacts, its: readonly CreditFacts[]) {
  const givenMs = lengthOf(its)
  const faults =
    Math.abs(givenMs - shiftMs) > slackMs ? [`was given ${givenMs} ms back and moved by ${shiftMs} ms`] : []
  const ends = [
    limitSeconds === null ? Number.POSITIVE_INFINITY : startedAt.getTime() + limitSeconds * 1_000,
    closesAt?.getTime() ?? Number.POSITIVE_INFINITY,
  ]
  const end = Math.min(...ends) + givenMs
  if (Number.isFinite(end) && Math.abs(end - (deadline?.getTime() ?? 0)) > slackMs)
    faults.push(`ends at ${deadline?.toISOString()}, by what it was given back at ${new Date(end).toISOString()}`)
  return faults
}

function judgeOutage({ startedAt, sealedAt }: AttemptFacts, its: readonly CreditFacts[], outage: Outage): string[] {
  if (sealedAt !== null && sealedAt <= outage.toldAt) return []
  const from = Math.max(outage.from.getTime(), startedAt.getTime())
  const owedMs = outage.to.getTime() - from
  const within = its.map((credit) => ({
    from: new Date(Math.max(credit.from.getTime(), from)),
    to: new Date(Math.min(credit.to.getTime(), outage.to.getTime())),
  }))
  const givenMs = lengthOf(within.filter(({ from, to }) => from < to))
  return owedMs - givenMs > slackMs ? [`lost ${owedMs} ms to an outage and was given ${givenMs} ms of it back`] : []
}

const lengthOf = (intervals: readonly { from: Date; to: Date }[]): number =>
  intervals.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0)
