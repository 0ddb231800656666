import type { PageReport } from '@hourglass/kit/page-report'
import { countOf, type Pending, type WaitingReport } from './report'

export type SendOptions = {
  /** Where reports go. */
  url?: string
  /** After a failure the next try waits twice as long as the one before it. */
  everyMs?: number
  mostPerMinute?: number
  now?: () => number
  /** The server wants none of it. */
  onUnwelcome: () => void
}

/** Tries of what a report holds; then it is dropped, and counted in the next. */
const mostTries = 5

/**
 * Sends what waits when it is told to, one report at a time and so many a minute. Nobody waits for it and it fails in silence.
 * Without cookies: a report is of nobody.
 */
export function createSending(pending: Pending, options: SendOptions) {
  const { url = '/api/telemetry', everyMs = 30_000, mostPerMinute = 6, now = () => performance.now() } = options
  let failures = 0
  let notBefore = 0
  let isUnderWay = false
  let sentAt: number[] = []

  const post = async (report: WaitingReport): Promise<number> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        credentials: 'omit',
        headers: { 'content-type': 'application/json' },
        body: textOf(report, now()),
        // It outlives the page, and comes after whatever else the page asks for.
        ...{ keepalive: true, priority: 'low' },
        signal: AbortSignal.timeout(10_000),
      })
      return response.status
    } catch {
      return 0
    }
  }
  const fail = (report: WaitingReport) => {
    failures++
    notBefore = now() + everyMs * 2 ** Math.min(failures, mostTries)
    pending.merge(failures % mostTries === 0 ? { dropped: countOf(report) } : report)
  }
  return {
    send: async (): Promise<void> => {
      sentAt = sentAt.filter((at) => now() - at < 60_000)
      if (isUnderWay || now() < notBefore || sentAt.length >= mostPerMinute || pending.isEmpty()) return
      isUnderWay = true
      sentAt.push(now())
      const report = pending.take()
      const status = await post(report)
      isUnderWay = false
      if (status === 0 || status === 429 || status >= 500) return fail(report)
      failures = 0
      if (status >= 400) options.onUnwelcome()
    },
    /** The network is back: what waits need wait no longer. */
    wake: () => {
      notBefore = 0
    },
  }
}

/** The text of a report. Three digits after the point are enough, and more would only be longer. */
function textOf({ spans, ...rest }: WaitingReport, now: number): string {
  const report: PageReport = {
    ...rest,
    spans: spans.map(({ startedAt, ...span }) => ({ ...span, agoMs: now - startedAt })),
  }
  return JSON.stringify(report, (_, value) => (typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value))
}
