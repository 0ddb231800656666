import { createEntry, type Entry } from './entry'
import type { Lines } from './line'
import { ofStudent } from './requests'
import { sayClock, saySeconds } from './say'

export type Gap = { from: number; to: number; isUntilEnd: boolean }

/** The longest are told, or a day of thinking would hide the rest. */
const mostGaps = 20

/** The times, `gapSeconds` or longer, in which the student's page sent nothing while the attempt was open; in their order. */
export function findGaps({ requests, told }: Lines, gapSeconds: number): Gap[] {
  const end = told.find(({ event }) => event === 'attempt.sealed' || event === 'attempt.abandoned')
  const endedAt = end ? (end.sealedAt ?? end.at) : null
  const gaps: Gap[] = []
  let quietFrom: number | null = null
  for (const { at, ms } of requests.filter(ofStudent)) {
    if (endedAt !== null && at > endedAt) break
    if (quietFrom !== null) gaps.push({ from: quietFrom, to: at, isUntilEnd: false })
    quietFrom = Math.max(quietFrom ?? 0, at + ms)
  }
  if (endedAt !== null && quietFrom !== null) gaps.push({ from: quietFrom, to: endedAt, isUntilEnd: true })
  return gaps
    .filter(({ from, to }) => to - from >= gapSeconds * 1_000)
    .toSorted((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, mostGaps)
    .toSorted((one, other) => one.from - other.from)
}

/** Says a gap. @param others lines that the gateway wrote meanwhile of others; without any, lines may be missing as well */
export function tellGap({ from, to, isUntilEnd }: Gap, others: number): Entry {
  const until = isUntilEnd ? 'the end at ' : ''
  const text = `no request from this student between ${sayClock(from)} and ${until}${sayClock(to)} (${saySeconds(to - from)})`
  const why =
    others > 0
      ? `the gateway wrote ${others} lines of others meanwhile`
      : 'the gateway wrote nothing of anybody either: nobody else was there, or its lines are missing'
  return { ...createEntry({ at: from, kind: 'gap', text }), until: to, because: [why] }
}
