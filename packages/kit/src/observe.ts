import { runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { SpanStatusCode } from '@opentelemetry/api'
import { Elysia } from 'elysia'
import { idsOf, keptTraceIdOf } from './edge-trace'
import type { Instruments } from './instruments'

/** What is known of a request that is being answered. */
type Seen = { requestId: string | null; route: string | null }
const seen = new WeakMap<Request, Seen>()

function seenOf(request: Request): Seen {
  const known = seen.get(request)
  if (known) return known
  const fresh = { requestId: null, route: null }
  seen.set(request, fresh)
  return fresh
}

/** The caller's `x-request-id` where it is well formed, else a new one; the same for the life of the request. */
export function requestIdOf(request: Request): string {
  const known = seenOf(request)
  if (known.requestId === null) {
    const given = request.headers.get('x-request-id')
    known.requestId = given && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : Bun.randomUUIDv7()
  }
  return known.requestId
}

/** Says, in an answer, that the caller should keep its part of the trace too: it was kept for a reason and not by its ratio. */
export const keepHeader = 'x-trace-keep'

/** Request id, span, one measurement and at most one log line a request. Errors and successes alike, by route template. */
export const observe = (instruments: Instruments) =>
  new Elysia({ name: 'observe' })
    .onRequest(({ request, set }) => {
      set.headers['x-request-id'] = requestIdOf(request)
    })
    .onTransform({ as: 'global' }, ({ request, route }) => {
      seenOf(request).route = route
    })
    // Around everything, since what is done for a request, up to its queries, is to be found under its span.
    // Elysia marks `wrap` private and types it for its own use; that it is called so is what `traces.test.ts` holds.
    .wrap(((answer: Answer) => (request: Request) => observeAnswer(instruments, request, answer)) as unknown as Wrapper)

type Answer = (request: Request) => Response | Promise<Response>
// Elysia's own type is wider: of what answers a request it says only that it is a function.
type Wrapper = Parameters<Elysia['wrap']>[0]

function observeAnswer(instruments: Instruments, request: Request, answer: Answer): Response | Promise<Response> {
  const startedAt = performance.now()
  // Probes come every few seconds for ever, and nothing is to be learnt from them.
  const tracer = request.url.includes('/health/') ? null : instruments.tracer
  const span = tracer?.startServer(request.method, request.headers) ?? null
  const end = (response: Response): Response => {
    const status = response.status
    const template = templateOf(request)
    if (span) endSpan(span, request, template, response)
    measure(instruments, request, { template, status, startedAt, span })
    return response
  }
  const answered = span ? runWith(span, () => answer(request)) : answer(request)
  if (!(answered instanceof Promise)) return end(answered)
  return answered.then(end, (error) => {
    // Only a fault of the framework comes so far: the errors plugin has made an answer of all others.
    span?.fail(error).end()
    throw error
  })
}

function templateOf(request: Request): string {
  const { route } = seenOf(request)
  return route && !route.includes('*') ? route : 'unmatched'
}

function endSpan(span: Span, request: Request, template: string, response: Response): void {
  span.name = `${request.method} ${template}`
  span.attributes = {
    'http.request.method': request.method,
    'http.route': template,
    'http.response.status_code': response.status,
    'hourglass.request_id': requestIdOf(request),
  }
  if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
  const { keptLate, remote } = span.trace
  if (keptLate && remote && span.isRoot) response.headers.set(keepHeader, keptLate)
}

function measure(
  { log, metrics }: Instruments,
  request: Request,
  { template, status, startedAt, span }: { template: string; status: number; startedAt: number; span: Span | null },
): void {
  const { method } = request
  const seconds = (performance.now() - startedAt) / 1_000
  metrics.httpRequests.inc({ method, route: template, status })
  metrics.httpSeconds.observe({ method, route: template }, seconds, keptTraceIdOf(span))
  // A probe that hears «not yet» is no failure.
  const isProbe = template.startsWith('/health/')
  if (!isProbe) metrics.countAnswer(status)
  const level = status >= 500 && !isProbe ? 'error' : 'debug'
  if (!log.isLevelEnabled(level)) return
  log[level](
    {
      ...idsOf(span),
      requestId: requestIdOf(request),
      method,
      route: template,
      status,
      ms: Math.round(seconds * 1e4) / 10,
    },
    'request',
  )
}
