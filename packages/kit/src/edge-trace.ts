import { activeSpan, runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { readTraceContext } from '@hourglass/telemetry/trace-context'
import type { Tracer } from '@hourglass/telemetry/tracer'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { Principal } from './auth/principal'

/** A header by which a teacher, an admin or a service asks that the trace of a request be kept: `1`. */
const markHeader = 'x-hourglass-trace'

/**
 * Begins the trace of a request that comes from outside. A `traceparent` of its sender is gone on with, so that a page's own spans
 * join; whether the trace is kept is nothing that somebody outside decides.
 */
export function startEdgeSpan(tracer: Tracer | null, request: Request): Span | null {
  if (!tracer) return null
  const { method, headers } = request
  const from = readTraceContext(headers.get('traceparent'), headers.get('tracestate'))
  return tracer.startRoot({ name: method, kind: SpanKind.SERVER, from, isTrusted: false })
}

/** Does `work` in the name of a span, where there is one. */
export const withSpan = <T>(span: Span | null, work: () => T): T => (span ? runWith(span, work) : work())

/** Has the trace kept if who asks may ask for that. Before anything is asked of a service, so that all of them keep theirs. */
export function keepIfMarked({ headers }: Request, principal: Principal | null): void {
  if (headers.get(markHeader) !== '1') return
  const mayMark = principal?.kind === 'service' || (principal?.kind === 'person' && principal.role !== 'student')
  if (mayMark) activeSpan()?.trace.keep('marked')
}

/** Ends it with what was answered. */
export function endEdgeSpan(
  span: Span,
  { method, route, status, requestId }: { method: string; route: string; status: number; requestId: string },
): void {
  span.name = `${method} ${route}`
  span.attributes = {
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'hourglass.request_id': requestId,
  }
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** The id of a trace that is kept, for exemplars. */
export const keptTraceIdOf = (span: Span | null): string | null => (span?.trace.isSampled ? span.trace.traceId : null)

/** What a log line says of a span that is not the active one. */
export const idsOf = (span: Span | null): { trace_id?: string; span_id?: string } =>
  span ? { trace_id: span.trace.traceId, span_id: span.spanId } : {}
