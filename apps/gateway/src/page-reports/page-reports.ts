import { NotFoundError, TooManyRequestsError } from '@hourglass/kit/errors'
import type { Registry } from '@hourglass/kit/metrics'
import type { PageReport } from '@hourglass/kit/page-report'
import type { Tracer } from '@hourglass/kit/traced-fetch'
import { createWindow, secondsLeft } from '../window'
import { createPageMetrics } from './metrics'
import { createPageTraces } from './traces'

/** Of one report. Ours send 10 kB at the most. */
export const reportLimits = { maxBytes: 24 * 1_024, timeoutMs: 10_000 }

/** Within a minute. A school of 1,000 behind one address sends 2,000. A full report costs 0.35 ms, so all of them 7 % of a processor. */
const usualLimits = { perAddress: 6_000, all: 12_000 }

export type PageTelemetryOptions = {
  /** Whether pages may report at all. */
  isOn: boolean
  /** Of the service `web`. */
  tracer: Tracer | null
  /** Reports within a minute; given in tests. */
  mostReports?: { perAddress: number; all: number }
}

export type PageReports = ReturnType<typeof createPageReports>

/** Takes what pages tell of themselves: bounded, of nobody, without asking any store. */
export function createPageReports(
  { isOn, tracer, mostReports = usualLimits }: PageTelemetryOptions,
  registry: Registry,
) {
  const metrics = createPageMetrics(registry)
  const traces = createPageTraces(tracer, registry)
  const count = createWindow()
  return {
    /** Before a report is read. Throws a NotFoundError where there is no such thing, and a TooManyRequestsError. */
    assertWelcome: (address: string) => {
      if (!isOn) throw new NotFoundError('address')
      if (count(`address ${address}`) <= mostReports.perAddress && count('all') <= mostReports.all) return
      throw new TooManyRequestsError('Too many reports. Wait a moment.', secondsLeft())
    },
    /** A request of a page, whose trace is kept. */
    rememberTrace: traces.remember,
    take: (report: PageReport) => {
      metrics.count(report)
      traces.take(report.spans)
    },
  }
}
