import { readPrincipal } from '@hourglass/kit/auth/principal'
import { endEdgeSpan, idsOf, keepIfMarked, keptTraceIdOf, startEdgeSpan, withSpan } from '@hourglass/kit/edge-trace'
import { takeEdgeWords } from '@hourglass/kit/edge-words'
import { AppError, NotFoundError, UnavailableError } from '@hourglass/kit/errors'
import { withDeadline } from '@hourglass/kit/lifecycle'
import { requestIdOf } from '@hourglass/kit/observe'
import { createAdmission } from './admission'
import { createApp } from './app'
import { type AttemptWords, readAttemptWords } from './attempt-words'
import type { Deps } from './deps'
import { createClientAddressReader } from './edge/client-address'
import { compress } from './edge/compression'
import { failure } from './edge/failure'
import { forwardedHeaders } from './edge/forwarded-headers'
import { readBody } from './edge/request-body'
import { allowOrigin, type ContentKind, preflight, secure } from './edge/security-headers'
import { createPageReports, reportLimits } from './page-reports/page-reports'
import { createPromiseCount, type Promised, promiseOf } from './promises'
import { createRateLimiter } from './rate-limit'
import { type RequestClass, requestClassOf } from './request-class'
import { type Address, readAddress, serviceOf } from './routing'
import { createStreamCounter } from './streams'
import { type Call, createLocalUpstream, type Upstream } from './upstream'

export type Gateway = {
  /** Answers a request that came in from `peerAddress`, the address of the socket. Never rejects. */
  handle: (request: Request, peerAddress: string) => Promise<Response>
  /** Ends the open streams, so that a stop waits for none of them; their clients come back elsewhere. */
  endStreams: () => void
}

/** `route` is `null` for the gateway's own app, which measures itself. */
type Answer = { response: Response; kind: ContentKind; route: string | null }
type Measured = {
  method: string
  route: string | null
  status: number
  requestId: string
  startedAt: number
  span: ReturnType<typeof startEdgeSpan>
  words: AttemptWords
  promised: Promised | null
}
/** What an address says of its request, as soon as it could be read. */
type About = Pick<Measured, 'words' | 'promised'>
type Arrival = { request: Request; address: Address; clientAddress: string; requestId: string }

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** The only public door: what may come in, in which order of urgency, to whom, and what every answer carries. */
export function createGateway(deps: Deps): Gateway {
  const { log, metrics, tracer, verifiers } = deps.service
  const security = { isHttps: deps.publicUrl.startsWith('https:'), corsOrigins: deps.corsOrigins ?? [] }
  const pageReports = createPageReports(deps.pageTelemetry ?? { isOn: true, tracer: null }, metrics.registry)
  const own = createLocalUpstream(createApp(deps, pageReports))
  const clientAddressOf = createClientAddressReader(deps.trustedProxies ?? [])
  const admission = createAdmission({ limits: deps.admissionLimits, registry: metrics.registry })
  const countRequest = createRateLimiter(deps.cache, log, deps.rateLimits)
  const countPromise = createPromiseCount(metrics.registry)
  const streams = createStreamCounter(deps.maxStreams ?? 10_000)
  metrics.registry.gauge({
    name: 'gateway_streams_open',
    help: 'Event streams open right now.',
    collect: (gauge) => gauge.set({}, streams.count()),
  })

  const answer = async (arrival: Arrival): Promise<Answer> => {
    const { request, address } = arrival
    const [first, noun = ''] = address.segments
    if (!methods.has(request.method) && request.method !== 'OPTIONS') throw new NotFoundError('address')
    if (first === 'api') return answerApi(arrival, noun)
    if (first === 'health') {
      const response = await own.handle(callOf(arrival, null, request.signal))
      return { response, kind: 'data', route: null }
    }
    // Not the UI's either: a page for an internal address would say that there is something.
    if (!deps.ui || first === 'internal' || first === 'metrics') throw new NotFoundError('address')
    const response = await deps.ui.handle(request, address.pathname)
    return { response, kind: deps.ui.contentKind, route: 'ui' }
  }

  const answerApi = async (arrival: Arrival, noun: string): Promise<Answer> => {
    const { request, address } = arrival
    if (request.method === 'OPTIONS') {
      return { response: preflight(request.headers.get('origin'), security), kind: 'data', route: `/api/${noun}` }
    }
    const service = serviceOf(noun)
    if (!service) {
      const body = request.method === 'POST' && noun === 'telemetry' ? await readReport(arrival) : null
      const response = await own.handle(callOf(arrival, body, request.signal))
      return {
        response: await compress(response, acceptOf(arrival)),
        kind: noun === 'docs' ? 'docs' : 'data',
        route: null,
      }
    }
    const upstream = deps.upstreams[service]
    if (!upstream) throw new NotFoundError('address')
    const requestClass = requestClassOf(request.method, address.segments.slice(1))
    const response = await forward(arrival, upstream, requestClass)
    return { response, kind: 'data', route: `/api/${noun}` }
  }

  /** The only body that the gateway reads for itself. */
  const readReport = async ({ request, clientAddress }: Arrival): Promise<Call['body']> => {
    pageReports.assertWelcome(clientAddress)
    return (await readBody(request, reportLimits)).content
  }

  const forward = async (arrival: Arrival, upstream: Upstream, requestClass: RequestClass): Promise<Response> => {
    const account = await accountOf(arrival.request)
    await countRequest(requestClass, { address: arrival.clientAddress, account })
    const { maxBodyBytes, timeoutMs: classTimeoutMs } = requestClass
    const timeoutMs = deps.timeoutMs ?? classTimeoutMs ?? 5_000
    const body = await readBody(arrival.request, {
      maxBytes: maxBodyBytes,
      timeoutMs: deps.timeoutMs ?? bodyTimeoutMs(requestClass),
    })
    const leave = await admission.enter(requestClass.priority)
    const isSave = requestClass.priority === 'save'
    // Signals cost more than all the rest of a save's way through here, and a save is stored also when its sender has gone.
    const ending = upstream.isCancellable || classTimeoutMs === null ? new AbortController() : null
    const signal = ending && (isSave ? ending.signal : AbortSignal.any([arrival.request.signal, ending.signal]))
    try {
      const handled = upstream.handle({ ...callOf(arrival, body.content, signal), isBrief: isSave })
      const response = await withDeadline(handled, timeoutMs, 'late').catch((error) => {
        ending?.abort(new DOMException('The answer took too long.', 'TimeoutError'))
        throw body.fault() ?? (error instanceof Error && error.message === 'late' ? tooLate() : error)
      })
      // The service saw its body break off and says so; the caller should hear why.
      const fault = body.fault()
      if (fault) throw fault
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        return streams.watch(response, () => ending?.abort())
      }
      // Not for saves, which are small and many, nor where a token stands beside what the caller wrote.
      const isPlain = requestClass.priority === 'sign-in' || isSave
      return isPlain ? response : await compress(response, acceptOf(arrival))
    } finally {
      leave()
    }
  }

  /** Whose limit counts. A token that is no good counts for nobody: the service is the one to refuse it. */
  const accountOf = async (request: Request): Promise<string | null> => {
    const authorization = request.headers.get('authorization')
    if (!authorization) return null
    const principal = await readPrincipal(authorization, verifiers).catch(() => null)
    keepIfMarked(request, principal)
    return principal && 'personId' in principal ? principal.personId : null
  }

  const callOf = (arrival: Arrival, body: Call['body'], signal: AbortSignal | null): Call => {
    const { request, address, clientAddress, requestId } = arrival
    const headers = forwardedHeaders(request.headers, {
      clientAddress,
      requestId,
      protocol: security.isHttps ? 'https' : 'http',
      host: request.headers.get('host') ?? '',
    })
    const path = address.pathname + address.search
    return { method: request.method, path, headers, body, signal, isBrief: false }
  }

  const handle = async (request: Request, peerAddress: string): Promise<Response> => {
    const startedAt = performance.now()
    const requestId = requestIdOf(request)
    const clientAddress = clientAddressOf(peerAddress, request.headers.get('x-forwarded-for'))
    const span = startEdgeSpan(isTraced(request.url) ? tracer : null, request)
    const about: About = { words: {}, promised: null }
    const { response, kind, route } = await withSpan(span, () =>
      readArrival(request, clientAddress, requestId, about)
        .then(answer)
        .catch((error): Answer => {
          about.words.outcome = request.signal.aborted ? 'gone' : error instanceof AppError ? error.kind : 'failed'
          // Who asked has gone: nobody reads the answer, and nothing of ours failed.
          if (request.signal.aborted)
            return { response: new Response(null, { status: 499 }), kind: 'data', route: 'gone' }
          return { response: failure(error, requestId, log), kind: 'data', route: 'refused' }
        }),
    )
    Object.assign(about.words, takeEdgeWords(response.headers))
    measure({ method: request.method, route, status: response.status, requestId, startedAt, span, ...about })
    return finish(response, request, kind, requestId)
  }

  /** Here, at the edge, and nowhere else every request of a person is a line in the log. */
  const measure = ({ method, route: own, status, requestId, startedAt, span, words, promised }: Measured) => {
    const seconds = (performance.now() - startedAt) / 1_000
    const route = own ?? 'gateway'
    if (span) {
      endEdgeSpan(span, { method, route, status, requestId })
      if (span.trace.remote && span.trace.isSampled) pageReports.rememberTrace(span.trace.traceId)
    }
    if (own !== null) {
      metrics.httpRequests.inc({ method, route, status })
      metrics.httpSeconds.observe({ method, route }, seconds, keptTraceIdOf(span))
      if (own !== 'gone') metrics.countAnswer(status)
    }
    if (promised) countPromise(promised, { status, kind: words.outcome, ms: seconds * 1_000 })
    const level = status >= 500 ? 'warn' : isQuiet(own, status) ? 'debug' : 'info'
    if (!log.isLevelEnabled(level)) return
    const ms = Math.round(seconds * 1e4) / 10
    log[level]({ ...idsOf(span), requestId, method, route, status, ms, ...words }, 'request')
  }

  /** Leaves in `about` what the address says, also where the request gets no further. */
  const readArrival = async (
    request: Request,
    clientAddress: string,
    requestId: string,
    about: About,
  ): Promise<Arrival> => {
    const address = readAddress(request.url)
    about.words = readAttemptWords(request.method, address.segments)
    about.promised = promiseOf(request.method, address.segments)
    return { request, clientAddress, requestId, address }
  }

  const finish = (response: Response, request: Request, kind: ContentKind, requestId: string): Response => {
    const { headers } = response
    // A 304 brings no content type, and its headers replace those of the page that the browser has kept.
    secure(headers, isPage(headers) || response.status === 304 ? kind : 'data', security)
    headers.set('x-request-id', requestId)
    // Nothing personal stays in a cache; what may stay says so itself.
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    if (kind === 'data') allowOrigin(headers, request.headers.get('origin'), security)
    return response
  }

  return { handle, endStreams: streams.endAll }
}

/** Pages and probes say nothing of how anybody fares. */
const isTraced = (url: string): boolean => url.includes('/api/')

/** The files of a page, and probes. */
const isQuiet = (route: string | null, status: number): boolean => (route === 'ui' || route === null) && status < 400

/** A slow line may take longer to send than a service to answer. */
const bodyTimeoutMs = ({ timeoutMs }: RequestClass) => Math.max(10_000, timeoutMs ?? 0)

const acceptOf = ({ request }: Arrival) => request.headers.get('accept-encoding')

const isPage = (headers: Headers) => headers.get('content-type')?.startsWith('text/html') ?? false

const tooLate = () =>
  new UnavailableError('The answer took too long. Try again in a moment.', 1 + Math.floor(Math.random() * 3), 'timeout')
