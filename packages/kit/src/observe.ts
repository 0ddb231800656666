import { Elysia } from 'elysia'
import type { Logger } from './logger'
import type { Metrics } from './metrics'

const requestIds = new WeakMap<Request, string>()
const startedAt = new WeakMap<Request, number>()

/** The caller's `x-request-id` where it is well formed, else a new one; the same for the life of the request. */
export function requestIdOf(request: Request): string {
  const known = requestIds.get(request)
  if (known) return known
  const given = request.headers.get('x-request-id')
  const id = given && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : Bun.randomUUIDv7()
  requestIds.set(request, id)
  return id
}

/** Request id, one log line and one measurement a request. Errors and successes alike, by route template. */
export const observe = (log: Logger, metrics: Metrics) =>
  new Elysia({ name: 'observe' })
    .onRequest(({ request, set }) => {
      startedAt.set(request, performance.now())
      set.headers['x-request-id'] = requestIdOf(request)
    })
    .onAfterResponse({ as: 'global' }, ({ request, route, set, responseValue }) => {
      const seconds = (performance.now() - (startedAt.get(request) ?? performance.now())) / 1_000
      const template = route && !route.includes('*') ? route : 'unmatched'
      const status = responseValue instanceof Response ? responseValue.status : Number(set.status ?? 200)
      metrics.httpRequests.inc({ method: request.method, route: template, status })
      metrics.httpSeconds.observe({ method: request.method, route: template }, seconds)
      const line = {
        requestId: requestIdOf(request),
        method: request.method,
        route: template,
        status,
        ms: Math.round(seconds * 1e4) / 10,
      }
      // A probe that hears «not yet» is no failure.
      if (status >= 500 && !template.startsWith('/health/')) log.error(line, 'request')
      else log.debug(line, 'request')
    })
