import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CollectorServer, startCollector } from '@hourglass/servers/collector'
import { findFreePorts } from '@hourglass/servers/free-port'
import { type LokiServer, startLoki } from '@hourglass/servers/loki'
import { type PrometheusServer, startPrometheus } from '@hourglass/servers/prometheus'
import { startTempo, type TempoServer } from '@hourglass/servers/tempo'

export type Observers = {
  folder: string
  /** The collector reads `*.log` in it. */
  logs: string
  prometheus: PrometheusServer
  tempo: TempoServer
  /** Another one after each start. */
  loki: () => LokiServer
  collector: () => CollectorServer
  startLoki: () => Promise<void>
  startCollector: () => Promise<void>
  stop: () => Promise<void>
}

/** Intervals of a test, where the product has those of a quiet evening. */
const hurried = { TEMPO_METRICS_INTERVAL: '1s', TEMPO_GRAPH_WAIT: '2s', TEMPO_TRACE_IDLE: '1s' }

/** Starts Prometheus, Loki, Tempo and the collector on free ports, with no service beside them. */
export async function startObservers(): Promise<Observers> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-observers-'))
  const logs = join(folder, 'logs')
  mkdirSync(logs)
  const ports = await findFreePorts('loki', 'otlp', 'metrics')
  const prometheus = await startPrometheus(join(folder, 'prometheus'), {
    targets: { services: [], servers: [], alertmanagers: [] },
  })
  const loki = () => startLoki(join(folder, 'loki'), { port: ports.loki })
  const [tempo, firstLoki] = await Promise.all([
    startTempo(join(folder, 'tempo'), { prometheusUrl: prometheus.url, environment: hurried }),
    loki(),
  ])
  const collector = () =>
    startCollector(join(folder, 'collector'), {
      ...{ port: ports.otlp, metricsPort: ports.metrics, logFiles: join(logs, '**/*.log') },
      ...{ lokiUrl: firstLoki.url, tempoOtlpUrl: tempo.otlpUrl },
    })
  let [runningLoki, runningCollector] = [firstLoki, await collector()]
  return {
    ...{ folder, logs, prometheus, tempo },
    loki: () => runningLoki,
    collector: () => runningCollector,
    async startLoki() {
      runningLoki = await loki()
    },
    async startCollector() {
      runningCollector = await collector()
    },
    async stop() {
      await Promise.all([runningCollector, runningLoki, tempo, prometheus].map((server) => server.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
