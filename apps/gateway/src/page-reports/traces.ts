import type { Registry } from '@hourglass/kit/metrics'
import type { PageSpan } from '@hourglass/kit/page-report'
import type { Tracer } from '@hourglass/kit/traced-fetch'
import { SpanKind } from '@opentelemetry/api'
import { knownNoun } from '../routing'
import { createWindow } from '../window'
import { knownRoute } from './metrics'

/** What all pages together can have us keep within a minute, whatever they claim. */
const mostTraces = 60
const mostSpans = 1_200
/** Pages tell of a request within a minute; a gateway that keeps 100 traces a second still knows it then. */
const mostRemembered = 10_000
/** From so long on a page is slow: what web vitals call poor. */
const slowPageMs = 4_000
const longestMs = 3_600_000

export type PageTraces = {
  /** A request of a page, whose trace is kept. */
  remember: (traceId: string) => void
  /** Keeps those of a report that are worth it. */
  take: (spans: readonly PageSpan[]) => void
}

/**
 * Spans of pages join the traces of their requests, as the service `web`. Which are kept is decided here, and not by the page:
 * those of traces that the gateway keeps, and so many others a minute in which a request failed or a page was slow.
 */
export function createPageTraces(tracer: Tracer | null, registry: Registry): PageTraces {
  const remembered = new Set<string>()
  const count = createWindow()
  const counted = registry.counter({
    name: 'browser_claimed_spans_total',
    help: 'Spans that pages sent, by outcome: kept, forgotten (their trace is not kept), refused (too many within a minute).',
    labels: ['outcome'],
  })
  const outcomeOf = (spans: readonly PageSpan[]) => {
    const [first] = spans
    if (first && remembered.has(first.traceId)) return 'kept'
    if (!spans.some(isNotable)) return 'forgotten'
    return count('traces') <= mostTraces ? 'kept' : 'refused'
  }
  return {
    remember: (traceId) => {
      remembered.delete(traceId)
      remembered.add(traceId)
      for (const oldest of remembered) {
        if (remembered.size <= mostRemembered) break
        remembered.delete(oldest)
      }
    },
    take: (spans) => {
      if (!tracer) return
      const now = performance.now()
      for (const own of Map.groupBy(spans, ({ traceId }) => traceId).values()) {
        const outcome = outcomeOf(own)
        for (const span of own) {
          const isKept = outcome === 'kept' && count('spans') <= mostSpans
          counted.inc({ outcome: outcome === 'kept' && !isKept ? 'refused' : outcome })
          if (isKept) tracer.report(toReported(span, now))
        }
      }
    },
  }
}

const hasFailed = ({ call }: PageSpan): boolean =>
  call !== null && (call.status === 0 || call.status >= 500 || (isSave(call) && call.status >= 400))

const isSave = ({ method, noun }: NonNullable<PageSpan['call']>) => method === 'PUT' && noun === 'attempts'

const isNotable = (span: PageSpan): boolean => hasFailed(span) || (span.call === null && span.durationMs >= slowPageMs)

function toReported(span: PageSpan, now: number) {
  const { traceId, spanId, parentSpanId, call } = span
  const route = knownRoute(span.route)
  const agoMs = Math.min(span.agoMs, longestMs)
  const startedAt = now - agoMs
  const path = call && `/api/${knownNoun(call.noun)}`
  return {
    ...{ traceId, spanId, parentSpanId, startedAt, hasFailed: hasFailed(span) },
    name: call ? `${call.method} ${path}` : `page ${route}`,
    kind: call ? SpanKind.CLIENT : SpanKind.INTERNAL,
    endedAt: startedAt + Math.min(span.durationMs, agoMs),
    attributes: {
      'page.route': route,
      ...(call && { 'http.request.method': call.method, 'http.route': path }),
      ...(call && call.status > 0 && { 'http.response.status_code': call.status }),
    },
  }
}
