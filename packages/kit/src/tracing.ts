import { hostname } from 'node:os'
import { createSpanExporter, type SpanExporter } from '@hourglass/telemetry/exporter'
import { registerTracer } from '@hourglass/telemetry/register'
import { Tracer } from '@hourglass/telemetry/tracer'
import { z } from 'zod'

/** Of a process: where its traces go, and which. */
export const TracingConfig = z.object({
  /** Such as `http://collector:4318`. Without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** The share of traces that is kept whatever comes of them, from 0 to 1; failed, slow and marked ones are kept besides. */
  TRACE_RATIO: z.coerce.number().min(0).max(1).default(0.05),
  /** From so many milliseconds on a request, an event or a job is slow. */
  TRACE_SLOW_MS: z.coerce.number().positive().default(500),
  /** `off`: nothing is counted. Only to measure what counting costs. */
  HOURGLASS_METRICS: z.enum(['on', 'off']).default('on'),
  /** Of this program, as it was released. */
  HOURGLASS_VERSION: z.string().default('dev'),
})
export type TracingConfig = z.infer<typeof TracingConfig>

export type Tracing = {
  tracerOf: (service: string) => Tracer
  exporter: SpanExporter
  stop: () => Promise<void>
}

/** The traces of this process, or `null` where there is no place for them. Once a process. */
export function createTracing(config: TracingConfig): Tracing | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_RATIO: ratio, TRACE_SLOW_MS: slowMs } = config
  if (!endpoint) return null
  const exporter = createSpanExporter({ endpoint })
  const instanceId = `${hostname()}-${process.pid}`
  let isRegistered = false
  return {
    exporter,
    tracerOf: (service) => {
      const resource = { service, version: config.HOURGLASS_VERSION, instanceId }
      const tracer = new Tracer({ ratio, slowMs, sink: exporter, resource })
      if (!isRegistered) registerTracer(tracer)
      isRegistered = true
      return tracer
    },
    stop: () => exporter.stop(),
  }
}
