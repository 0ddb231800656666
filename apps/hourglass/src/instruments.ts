import type { Instruments } from '@hourglass/kit/instruments'
import { createLogger, type Logger } from '@hourglass/kit/logger'
import { createMetrics, type Registry } from '@hourglass/kit/metrics'
import { measureProcess } from '@hourglass/kit/process-metrics'
import { createTracing, type TracingConfig } from '@hourglass/kit/tracing'

export type ProcessInstruments = {
  /** Those of one service of this process; the same for the same name. */
  of: (service: string) => Instruments
  /** For what has only spans. */
  tracerOf: (service: string) => Instruments['tracer']
  registries: () => Registry[]
  /** Whether anything is counted. */
  isCounting: boolean
  logs: () => Record<string, Logger>
  stop: () => Promise<void>
}

/** What is seen of a process with several services: each has its own, what the process itself uses is counted once. */
export function createProcessInstruments(level: string, config: TracingConfig): ProcessInstruments {
  const tracing = createTracing(config)
  const ofProcess = measureProcess('hourglass', {
    version: config.HOURGLASS_VERSION,
    exporter: tracing?.exporter ?? null,
  })
  const all = new Map<string, Instruments>()
  return {
    of: (service) => {
      const known = all.get(service) ?? {
        log: createLogger({ service, level, version: config.HOURGLASS_VERSION }),
        metrics: createMetrics(service, { isOn: config.HOURGLASS_METRICS === 'on' }),
        tracer: tracing?.tracerOf(service) ?? null,
      }
      all.set(service, known)
      return known
    },
    tracerOf: (service) => tracing?.tracerOf(service) ?? null,
    registries: () => [ofProcess.registry, ...[...all.values()].map(({ metrics }) => metrics.registry)],
    isCounting: config.HOURGLASS_METRICS === 'on',
    logs: () => Object.fromEntries([...all].map(([service, { log }]) => [service, log])),
    stop: async () => {
      ofProcess.stop()
      await tracing?.stop()
    },
  }
}
