import type { Span } from '@hourglass/telemetry/span'
import { writeTraceparent } from '@hourglass/telemetry/trace-context'
import type { Tracer } from '@hourglass/telemetry/tracer'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { Fetcher } from './fetch'
import { keepHeader } from './observe'

export type { Tracer } from '@hourglass/telemetry/tracer'

/** A fetch whose calls of `target` are spans of what is being done, and which says so to the other side. */
export const createTracedFetch = (tracer: Tracer | null, target: string, fetcher: Fetcher): Fetcher =>
  tracer === null
    ? fetcher
    : async (request) => {
        const span = startCall(tracer, request.method, target)
        if (!span) return fetcher(request)
        const headers = new Headers(request.headers)
        writeTraceHeaders(headers, span)
        return endCall(span, fetcher(new Request(request, { headers })))
      }

/** Begins the span of a call of another service, if anything is being done. */
export const startCall = (tracer: Tracer, method: string, target: string): Span | null => {
  const span = tracer.startPart(`${method} ${target}`, SpanKind.CLIENT)
  if (span) span.attributes = { 'http.request.method': method, 'peer.service': target }
  return span
}

/** W3C Trace Context: `traceparent`, and `tracestate` where there is one. */
export function writeTraceHeaders(headers: Headers, span: Span): void {
  const { place } = span
  headers.set('traceparent', writeTraceparent(place))
  if (place.traceState) headers.set('tracestate', place.traceState)
}

/** Ends a call's span with its answer. Where the other side kept its part for a reason, ours is kept too. */
export async function endCall(span: Span, answering: Promise<Response>): Promise<Response> {
  try {
    const response = await answering
    span.setAttribute('http.response.status_code', response.status)
    if (response.headers.has(keepHeader)) span.trace.keep('marked')
    if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
    return response
  } catch (error) {
    span.fail(error)
    throw error
  } finally {
    span.end()
  }
}
