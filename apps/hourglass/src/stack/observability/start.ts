import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAlertmanager } from '@hourglass/servers/alertmanager'
import { startCollector } from '@hourglass/servers/collector'
import { startNodeExporter, startPostgresExporter, startRedisExporter } from '@hourglass/servers/exporters'
import { findFreePorts } from '@hourglass/servers/free-port'
import { startLoki } from '@hourglass/servers/loki'
import { installPrograms, observers } from '@hourglass/servers/observability'
import { startPrometheus } from '@hourglass/servers/prometheus'
import { startTempo } from '@hourglass/servers/tempo'
import { createMonitoringRole } from '../../postgres/monitoring-role'
import type { Keep } from '../keep'
import type { Replica } from '../replica'
import type { StackServers } from '../servers'
import { type LogFile, openLogFile } from './log-file'
import { targetsOf } from './targets'

/** What looks on while the stack runs. */
export type Observability = {
  /** What services are told of it. */
  environment: Record<string, string>
  /** Keeps a line of a replica for the collector. */
  write: (replica: string, line: string) => void
  /** Names and addresses, for people; the same stand in `observability.json` of the data folder, for programs. */
  rows: string[][]
  close: () => void
}

/** Two files for each replica. */
const logBytes = 10_000_000

/**
 * Starts Prometheus, Loki, Tempo, the collector, Alertmanager and the exporters on free ports of this machine, on the very
 * configurations that compose mounts, with all their data in `folder`. What is not on the machine is built first: some minutes.
 */
export async function startObservability(
  folder: string,
  {
    replicas,
    servers,
    secret,
    keep,
  }: { replicas: readonly Replica[]; servers: StackServers; secret: string; keep: Keep },
): Promise<Observability> {
  await installPrograms(observers)
  const at = (name: string) => join(folder, name)
  const logs = at('logs')
  mkdirSync(logs, { recursive: true })
  const ports = await findFreePorts('prometheus', 'alertmanager', 'loki', 'tempo', 'collector', 'otlp', 'tempoOtlp')
  const url = (port: number) => `http://127.0.0.1:${port}`
  const databaseUrl = await createMonitoringRole(servers.adminUrl, secret)
  const { redisUrl } = servers
  const [node, postgres, redis] = await Promise.all([
    keep('node exporter', (port) => startNodeExporter(at('exporters'), port)),
    keep('PostgreSQL exporter', (port) => startPostgresExporter(at('exporters'), { databaseUrl, ...port })),
    keep('Redis exporter', (port) => startRedisExporter(at('exporters'), { redisUrl, ...port })),
  ])
  const { prometheus, alertmanager, loki, tempo, collector } = ports
  const targets = targetsOf(
    replicas,
    {
      ...{ node: node.port, postgres: postgres.port, redis: redis.port },
      ...servers.metricsPorts,
      ...{ prometheus, alertmanager, loki, tempo, collector },
    },
    alertmanager,
  )
  await Promise.all([
    keep('Loki', () => startLoki(at('loki'), { port: loki })),
    keep('Tempo', () =>
      startTempo(at('tempo'), { port: tempo, otlpPort: ports.tempoOtlp, prometheusUrl: url(prometheus) }),
    ),
    keep('Prometheus', () => startPrometheus(at('prometheus'), { port: prometheus, targets })),
    keep('Alertmanager', () =>
      startAlertmanager(at('alertmanager'), {
        ...{ port: alertmanager, smtp: process.env.ALERT_SMTP },
        addresses: { repositoryUrl: process.env.REPOSITORY_URL, grafanaUrl: process.env.GRAFANA_URL },
      }),
    ),
    keep('collector', () =>
      startCollector(at('collector'), {
        ...{ port: ports.otlp, metricsPort: collector, logFiles: join(logs, '*.log') },
        ...{ lokiUrl: url(loki), tempoOtlpUrl: url(ports.tempoOtlp) },
      }),
    ),
  ])
  const addresses = {
    ...{ prometheus: url(prometheus), loki: url(loki), tempo: url(tempo) },
    ...{ alertmanager: url(alertmanager), collector: url(ports.otlp), logs },
  }
  writeFileSync(at('observability.json'), JSON.stringify(addresses, null, 2))
  const files = new Map<string, LogFile>()
  return {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: addresses.collector,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      PROMETHEUS_URL: addresses.prometheus,
    },
    write(replica, line) {
      const file = files.get(replica) ?? openLogFile(join(logs, `${replica}.log`), logBytes)
      files.set(replica, file)
      file.write(line)
    },
    rows: [
      ['Prometheus', addresses.prometheus],
      ['Loki', addresses.loki],
      ['Tempo', addresses.tempo],
      ['Alertmanager', addresses.alertmanager],
      ['OTLP (HTTP)', addresses.collector],
      ['Log files', logs],
    ],
    close: () => {
      for (const file of files.values()) file.close()
      rmSync(at('observability.json'), { force: true })
    },
  }
}
