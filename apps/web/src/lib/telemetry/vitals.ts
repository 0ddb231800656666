import type { PageReport } from '@hourglass/kit/page-report'
import { createInteractionDelay, createShiftScore, shortestEventMs } from './scores'

type LayoutShift = PerformanceEntry & { value: number; hadRecentInput: boolean }
type Measured = Partial<Pick<PageReport, 'vitals' | 'shifts'>>

/** What a browser counts by itself, where it does. */
const interactions = (): number => {
  // Not in the type checker's list yet, nor in every browser.
  const { interactionCount } = performance as Performance & { interactionCount?: number }
  return interactionCount ?? 0
}

type Navigation = PerformanceNavigationTiming & { activationStart?: number }

/** How the browser came to this page. */
export function readNavigation(): Navigation | undefined {
  const [navigation] = performance.getEntriesByType('navigation')
  // By the standard of Navigation Timing entries of this type are of this kind; Chromium's have one field more.
  return navigation as Navigation | undefined
}

/** Web vitals as the browser tells of them. Of a view: from when a page is shown until another is, or none. */
export function watchVitals() {
  const navigation = readNavigation()
  // Of a page that was prepared before somebody asked for it, time begins when it is shown.
  const zero = navigation?.activationStart ?? 0
  const first = { LCP: 0, FCP: 0, TTFB: navigation?.responseStart ?? 0 }
  let isFirstTaken = false
  let [shifts, delay, interactionsBefore] = [createShiftScore(), createInteractionDelay(), 0]
  let fresh: PerformanceEntry[] = []
  const keep = (entry: PerformanceEntry) => void fresh.push(entry)
  const watched = [
    watch('largest-contentful-paint', ({ startTime }) => {
      first.LCP = startTime
    }),
    watch('paint', ({ name, startTime }) => {
      if (name === 'first-contentful-paint') first.FCP = startTime
    }),
    watch('layout-shift', keep),
    watch('event', keep, { durationThreshold: shortestEventMs }),
  ]
  const count = (entry: PerformanceEntry) => {
    // What an entry of this type has, by the standards of Layout Instability and Event Timing.
    const { value, hadRecentInput } = entry as LayoutShift
    const { interactionId } = entry as PerformanceEventTiming
    if (entry.entryType === 'layout-shift') return hadRecentInput || shifts.add(value, entry.startTime)
    if (interactionId) delay.add(interactionId, entry.duration)
  }
  /** Counts what happened before a time for the view that was there then. */
  const countUntil = (atMs: number) => {
    for (const each of watched) each?.takeRest()
    const later = fresh.filter(({ startTime }) => startTime >= atMs)
    for (const entry of fresh) if (entry.startTime < atMs) count(entry)
    fresh = later
  }
  return {
    /** How the first page came, once: by when it is asked for, nothing larger is painted any more. */
    takeFirst: (route: string): Measured => {
      countUntil(performance.now())
      if (isFirstTaken) return {}
      isFirstTaken = true
      const hiddenAt = firstHiddenAt()
      const times = (['LCP', 'FCP', 'TTFB'] as const).map((vital) => ({ vital, at: first[vital] }))
      return {
        vitals: times
          .filter(({ at }) => at > 0 && at < hiddenAt)
          .map(({ vital, at }) => ({ route, vital, seconds: Math.max(0, at - zero) / 1_000 })),
      }
    },
    endView: (route: string, atMs: number): Measured => {
      countUntil(atMs)
      const delayMs = delay.delayMs(interactions() - interactionsBefore)
      const score = shifts.score()
      ;[shifts, delay, interactionsBefore] = [createShiftScore(), createInteractionDelay(), interactions()]
      return {
        vitals: delayMs === null ? [] : [{ route, vital: 'INP', seconds: delayMs / 1_000 }],
        shifts: PerformanceObserver.supportedEntryTypes.includes('layout-shift') ? [{ route, score }] : [],
      }
    },
    stop: () => {
      for (const each of watched) each?.stop()
    },
  }
}

/** What a browser paints late because nobody looks is no fault of the page. */
export function firstHiddenAt(): number {
  const hidden = performance.getEntriesByType('visibility-state').find(({ name }) => name === 'hidden')
  if (hidden) return hidden.startTime
  return document.visibilityState === 'hidden' ? performance.now() : Number.POSITIVE_INFINITY
}

/** Hears of entries of a type, earlier ones too; `null` where the browser has none. */
function watch(type: string, take: (entry: PerformanceEntry) => void, further: object = {}) {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return null
  const takeAll = (entries: PerformanceEntryList) => {
    for (const entry of entries) take(entry)
  }
  const observer = new PerformanceObserver((list) => takeAll(list.getEntries()))
  observer.observe({ type, buffered: true, ...further })
  return { takeRest: () => takeAll(observer.takeRecords()), stop: () => observer.disconnect() }
}
