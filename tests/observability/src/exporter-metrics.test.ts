import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAlertmanager } from '@hourglass/servers/alertmanager'
import { startCollector } from '@hourglass/servers/collector'
import { startNodeExporter } from '@hourglass/servers/exporters'
import { findFreePorts } from '@hourglass/servers/free-port'
import { startPrometheus } from '@hourglass/servers/prometheus'
import { eventually } from './eventually'
import { exporterMetrics } from './exporter-metrics'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-exporters-'))
const running: { stop: () => Promise<void> }[] = []
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()))
  rmSync(folder, { recursive: true, force: true })
})

async function startOnFreePort(source: string): Promise<number> {
  if (source === 'node exporter') return keep(await startNodeExporter(folder)).port
  if (source === 'Prometheus') return Number(new URL(keep(await startAlone()).url).port)
  if (source === 'Alertmanager') return keep(await startAlertmanager(join(folder, 'alertmanager'))).port
  const { otlp, metrics, nobody } = await findFreePorts('otlp', 'metrics', 'nobody')
  const away = `http://127.0.0.1:${nobody}`
  const addresses = { lokiUrl: away, tempoOtlpUrl: away, logFiles: join(folder, '*.none') }
  keep(await startCollector(join(folder, 'collector'), { port: otlp, metricsPort: metrics, ...addresses }))
  return metrics
}

const startAlone = () =>
  startPrometheus(join(folder, 'prometheus'), { targets: { services: [], servers: [], alertmanagers: [] } })

function keep<T extends { stop: () => Promise<void> }>(server: T): T {
  running.push(server)
  return server
}

// PostgreSQL’s and RabbitMQ’s come from exporters that need their servers; those are not started here.
test.each(['node exporter', 'Prometheus', 'Alertmanager', 'OpenTelemetry Collector'])(
  '%s writes every metric that is said to be its own',
  async (source) => {
    const names = Object.keys(exporterMetrics).filter((name) => exporterMetrics[name] === source)
    expect(names).not.toBeEmpty()
    const port = await startOnFreePort(source)
    const isMissing = (text: string) => names.filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(text))
    const missing = await eventually(
      async () => isMissing(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
      (all) => all.length === 0,
      10_000,
    )
    expect(missing).toEqual([])
  },
  40_000,
)
