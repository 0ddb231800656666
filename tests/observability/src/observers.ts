import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CollectorServer, startCollector } from '@hourglass/servers/collector'
import { findFreePorts } from '@hourglass/servers/free-port'
import { type LokiServer, startLoki } from '@hourglass/servers/loki'
import { type PrometheusServer, startPrometheus } from '@hourglass/servers/prometheus'
import { startTempo, type TempoServer } from '@hourglass/servers/tempo'
import { mountSmallDisk, type SmallDisk } from '@hourglass/support/disk'

export type Observers = {
  folder: string
  /** The collector reads `*.log` in it. */
  logs: string
  prometheus: PrometheusServer
  /** Loki's data lie on it; `null` where nobody may mount one. */
  lokiDisk: SmallDisk | null
  /** Another one after each start. */
  loki: () => LokiServer
  tempo: () => TempoServer
  collector: () => CollectorServer
  startLoki: () => Promise<void>
  startTempo: () => Promise<void>
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
  const ports = await findFreePorts('loki', 'otlp', 'metrics', 'tempo', 'tempoOtlp')
  const prometheus = await startPrometheus(join(folder, 'prometheus'), {
    targets: { services: [], servers: [], alertmanagers: [] },
  })
  const lokiDisk = mountIfAllowed(join(folder, 'loki'))
  const loki = () => startLoki(join(folder, 'loki'), { port: ports.loki })
  const tempo = () =>
    startTempo(join(folder, 'tempo'), {
      ...{ port: ports.tempo, otlpPort: ports.tempoOtlp, prometheusUrl: prometheus.url, environment: hurried },
    })
  const [firstTempo, firstLoki] = await Promise.all([tempo(), loki()])
  const collector = () =>
    startCollector(join(folder, 'collector'), {
      ...{ port: ports.otlp, metricsPort: ports.metrics, logFiles: join(logs, '**/*.log') },
      ...{ lokiUrl: firstLoki.url, tempoOtlpUrl: firstTempo.otlpUrl },
    })
  let [runningLoki, runningTempo, runningCollector] = [firstLoki, firstTempo, await collector()]
  return {
    ...{ folder, logs, prometheus, lokiDisk },
    loki: () => runningLoki,
    tempo: () => runningTempo,
    collector: () => runningCollector,
    async startLoki() {
      runningLoki = await loki()
    },
    async startTempo() {
      runningTempo = await tempo()
    },
    async startCollector() {
      runningCollector = await collector()
    },
    async stop() {
      await Promise.all([runningCollector, runningLoki, runningTempo, prometheus].map((server) => server.stop()))
      lokiDisk?.unmount()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Room for all that these tests write, and little enough to be filled. */
const lokiMebibytes = 64

function mountIfAllowed(folder: string): SmallDisk | null {
  try {
    return mountSmallDisk(folder, lokiMebibytes)
  } catch {
    return null
  }
}
