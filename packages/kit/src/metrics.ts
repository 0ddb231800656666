import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = {
  registry: Registry
  httpRequests: Counter<'method' | 'route' | 'status'>
  httpSeconds: Histogram<'method' | 'route'>
}

/**
 * One registry a service. RED by route template, never by raw path. Of the process only what is true under Bun
 * (resident memory, processor seconds): the rest of prom-client's defaults is empty or wrong there.
 */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the process.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({
    name: 'process_cpu_seconds_total',
    help: 'Processor time used by the process, user and system.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage()
      this.set((user + system) / 1e6)
    },
  })
  return {
    registry,
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'Requests answered, by method, route template and status.',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    }),
    httpSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Seconds from the first byte of a request to its answer, by method and route template.',
      labelNames: ['method', 'route'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
  }
}

/** Serves a registry at `/metrics` on a port of its own, which no load balancer opens to the outside. */
export const serveMetrics = ({ registry }: Metrics, { hostname, port }: { hostname: string; port: number }) =>
  Bun.serve({
    hostname,
    port,
    routes: { '/metrics': async () => new Response(await registry.metrics()) },
    fetch: () => new Response(null, { status: 404 }),
  })
