import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { configurationOf } from '../install/configuration'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'
import { findCollector } from './program'

/** `port` takes OTLP over HTTP. */
export type CollectorServer = Server & { otlpUrl: string; metricsPort: number }

export const collectorConfiguration = configurationOf('collector/collector.yaml')

export type CollectorOptions = {
  port?: number
  metricsPort?: number
  /** A pattern of the files whose lines it sends on. */
  logFiles: string
  lokiUrl: string
  tempoOtlpUrl: string
  environment?: Readonly<Record<string, string>>
}

/** Starts the collector on 127.0.0.1; how far it has read, and what waits for Loki and Tempo, is in `folder`. */
export async function startCollector(folder: string, options: CollectorOptions): Promise<CollectorServer> {
  const port = options.port ?? (await findFreePort())
  const metricsPort = options.metricsPort ?? (await findFreePort())
  const healthPort = await findFreePort()
  mkdirSync(folder, { recursive: true })
  const server = await launch({
    name: 'The OpenTelemetry Collector',
    command: [await findCollector(), `--config=${collectorConfiguration}`],
    environment: {
      GOMEMLIMIT: '180MiB',
      COLLECTOR_ADDRESS: '127.0.0.1',
      COLLECTOR_OTLP_PORT: String(port),
      COLLECTOR_METRICS_PORT: String(metricsPort),
      COLLECTOR_HEALTH_PORT: String(healthPort),
      COLLECTOR_FOLDER: join(folder, 'storage'),
      COLLECTOR_LOG_FILES: options.logFiles,
      LOKI_URL: options.lokiUrl,
      TEMPO_OTLP_URL: options.tempoOtlpUrl,
      ...options.environment,
    },
    port,
    log: join(folder, 'collector.log'),
    isReady: () => answersOk(`http://127.0.0.1:${healthPort}`),
  })
  return { ...server, otlpUrl: `http://127.0.0.1:${port}`, metricsPort }
}
