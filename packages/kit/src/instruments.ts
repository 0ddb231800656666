import type { Tracer } from '@hourglass/telemetry/tracer'
import { createLogger, type Logger } from './logger'
import { createMetrics, type Metrics } from './metrics'

/** By what is seen how a service does: every part of it that works by itself is given these. */
export type Instruments = {
  log: Logger
  metrics: Metrics
  /** `null`: nothing is traced, and nothing is paid. */
  tracer: Tracer | null
}

/** Instruments that nobody looks at, for tests. */
export const silentInstruments = (): Instruments => ({
  log: createLogger({ service: 'silent', level: 'silent' }),
  metrics: createMetrics('silent'),
  tracer: null,
})
