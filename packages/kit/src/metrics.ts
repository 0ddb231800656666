import { expose, formatFor } from '@hourglass/telemetry/exposition'
import { type Counter, createRegistry, type Histogram, type Registry } from '@hourglass/telemetry/metrics'
import { z } from 'zod'
import { LogLevel } from './config'
import type { Logger } from './logger'
import { countSloEvents } from './slo-events'

export type { Counter, Gauge, Histogram, Registry } from '@hourglass/telemetry/metrics'

export type Metrics = {
  registry: Registry
  httpRequests: Counter<'method' | 'route' | 'status'>
  httpSeconds: Histogram<'method' | 'route'>
  /** A request that was answered, for the promise of being there: with 5xx it failed. */
  countAnswer: (status: number) => void
}

/** Upper bounds in seconds of what somebody waits for. */
export const waitBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** One registry a service. RED by route template, never by raw path. */
export function createMetrics(service: string, options: { isOn?: boolean } = {}): Metrics {
  const registry = createRegistry({ service }, options)
  const countRequest = countSloEvents(registry, 'requests', ['failed'])
  return {
    registry,
    httpRequests: registry.counter({
      name: 'http_requests_total',
      help: 'Requests answered, by method, route template and status.',
      labels: ['method', 'route', 'status'],
    }),
    httpSeconds: registry.histogram({
      name: 'http_request_duration_seconds',
      help: 'Seconds from the first byte of a request to its answer, by method and route template.',
      labels: ['method', 'route'],
      buckets: waitBuckets,
    }),
    countAnswer: (status) => countRequest(status >= 500 ? 'failed' : 'good'),
  }
}

/** The metrics of a registry as a scraper reads them. */
export const renderMetrics = (...registries: readonly Registry[]): string => expose(registries, 'text').body

const LevelChange = z.strictObject({ level: LogLevel, service: z.string().optional() })

/**
 * Serves registries at `/metrics`, as text or as OpenMetrics, on a port of its own, which no load balancer opens to the outside.
 * There too, `GET /log-level` answers the level of each log, and `PUT /log-level` with `{ level, service? }` changes it until the
 * process ends.
 */
export function serveMetrics(
  { registries, logs }: { registries: () => readonly Registry[]; logs: () => Readonly<Record<string, Logger>> },
  { hostname, port }: { hostname: string; port: number },
) {
  const levels = () => Object.fromEntries(Object.entries(logs()).map(([name, log]) => [name, log.level]))
  return Bun.serve({
    hostname,
    port,
    maxRequestBodySize: 1_024,
    routes: {
      '/metrics': (request) => {
        const { body, contentType } = expose(registries(), formatFor(request.headers.get('accept')))
        return new Response(body, { headers: { 'content-type': contentType } })
      },
      '/log-level': {
        GET: () => Response.json(levels()),
        PUT: async (request) => {
          const change = LevelChange.safeParse(await request.json().catch(() => null))
          if (!change.success) return Response.json({ message: 'Send { level, service? }.' }, { status: 422 })
          const { level, service } = change.data
          const changed = Object.entries(logs()).filter(([name]) => service === undefined || name === service)
          if (changed.length === 0) return Response.json({ message: 'There is no such service here.' }, { status: 404 })
          for (const [, log] of changed) log.level = level
          return Response.json(levels())
        },
      },
    },
    fetch: () => new Response(null, { status: 404 }),
  })
}
