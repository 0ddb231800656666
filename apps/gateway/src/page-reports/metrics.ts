import type { Registry } from '@hourglass/kit/metrics'
import { type PageReport, pageRoutes } from '@hourglass/kit/page-report'

/** Beyond these a figure is a lie or a computer that slept; it counts as so much. */
const most = { seconds: 120, score: 10, keptSeconds: 86_400, count: 1_000 }

export type PageMetrics = ReturnType<typeof createPageMetrics>

/** Counts what pages say. Everybody can say anything, so all names have `claimed` in them: nobody is to be woken by these alone. */
export function createPageMetrics(registry: Registry) {
  const loads = registry.histogram({
    name: 'browser_claimed_page_load_seconds',
    help: 'Seconds until a page and what it asked for at first were there, by route and arrival: navigate, reload, back-forward, route.',
    labels: ['route', 'arrival'],
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2.5, 4, 6, 10, 20, 60],
  })
  const vitals = registry.histogram({
    name: 'browser_claimed_web_vital_seconds',
    help: 'Web vitals that are times, by vital (LCP, INP, FCP, TTFB) and route.',
    labels: ['vital', 'route'],
    buckets: [0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 1.2, 1.8, 2.5, 4, 6, 10, 30],
  })
  const shifts = registry.histogram({
    name: 'browser_claimed_layout_shift_score',
    help: 'Cumulative layout shift (CLS) of a view of a page, by route.',
    labels: ['route'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
  })
  const failedSaves = registry.counter({
    name: 'browser_claimed_save_failures_total',
    help: 'Saves that were not stored as the browser saw it: offline, timeout, busy, server, paused, signed-out, refused.',
    labels: ['reason'],
  })
  const kept = registry.histogram({
    name: 'browser_claimed_kept_seconds',
    help: 'Seconds that an answer was kept on a device until the server had stored it; typing that goes on is in it.',
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600],
  })
  const dropped = registry.counter({
    name: 'browser_claimed_drops_total',
    help: 'Measurements that pages could not send, or had no room for.',
  })
  return {
    count: (report: PageReport) => {
      // Nothing of this happened in the request that tells of it: no exemplars.
      for (const { route, arrival, seconds } of report.loads) {
        loads.observe({ route: knownRoute(route), arrival }, Math.min(seconds, most.seconds), null)
      }
      for (const { route, vital, seconds } of report.vitals) {
        vitals.observe({ vital, route: knownRoute(route) }, Math.min(seconds, most.seconds), null)
      }
      for (const { route, score } of report.shifts) {
        shifts.observe({ route: knownRoute(route) }, Math.min(score, most.score), null)
      }
      for (const { reason, count } of report.failedSaves) failedSaves.inc({ reason }, Math.min(count, most.count))
      for (const seconds of report.keptSeconds) kept.observe({}, Math.min(seconds, most.keptSeconds), null)
      if (report.dropped > 0) dropped.inc({}, Math.min(report.dropped, most.count))
    },
  }
}

const known: ReadonlySet<string> = new Set(pageRoutes)

/** A page's template if it is one of ours. */
export const knownRoute = (route: string): string => (known.has(route) ? route : 'other')
