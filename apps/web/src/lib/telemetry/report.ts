import type { PageReport, PageSpan } from '@hourglass/kit/page-report'

/** A report stays below 10 kB: a sixth of what a browser sends at once of pages that are left, saves among it. */
const most = { each: 20, spans: 15 }

/** As it waits here: when it began by `performance.now()`, since nobody knows yet when it will be sent. */
export type WaitingSpan = Omit<PageSpan, 'agoMs'> & { startedAt: number }
export type WaitingReport = Omit<PageReport, 'spans'> & { spans: WaitingSpan[] }
/** What waits to be sent. */
export type Pending = ReturnType<typeof createPending>

const emptyReport = (): WaitingReport => ({
  ...{ loads: [], vitals: [], shifts: [], failedSaves: [], keptSeconds: [], spans: [], dropped: 0 },
})

/** Collects until somebody takes it. Bounded: measurements for which there is no room are counted, spans are not. */
export function createPending() {
  let report = emptyReport()
  const add = <T>(list: T[], given: readonly T[] = []) => {
    const room = most.each - list.length
    list.push(...given.slice(0, room))
    report.dropped += Math.max(0, given.length - room)
  }
  return {
    merge: ({
      loads,
      vitals,
      shifts,
      keptSeconds,
      failedSaves = [],
      spans = [],
      dropped = 0,
    }: Partial<WaitingReport>) => {
      add(report.loads, loads)
      add(report.vitals, vitals)
      add(report.shifts, shifts)
      add(report.keptSeconds, keptSeconds)
      for (const { reason, count } of failedSaves) {
        const known = report.failedSaves.find((each) => each.reason === reason)
        if (known) known.count += count
        else report.failedSaves.push({ reason, count })
      }
      report.spans.push(...spans.slice(0, most.spans - report.spans.length))
      report.dropped += dropped
    },
    isEmpty: () => Object.values(report).every((part) => part === 0 || (Array.isArray(part) && part.length === 0)),
    /** All that waits; from then on it is the taker's. */
    take: (): WaitingReport => {
      const taken = report
      report = emptyReport()
      return taken
    },
  }
}

/** How many measurements are lost with a report. */
export const countOf = ({ loads, vitals, shifts, failedSaves, keptSeconds, dropped }: WaitingReport): number =>
  [loads, vitals, shifts, failedSaves, keptSeconds].reduce((sum, { length }) => sum + length, dropped)
