import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { configurationOf } from '../install/configuration'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'
import { findPrometheus } from './program'
import { type Targets, writeTargets } from './targets'

export type { Target, Targets } from './targets'

export type PrometheusServer = Server & { url: string }

export const prometheusConfiguration = configurationOf('prometheus')

type PrometheusOptions = {
  port?: number
  targets: Targets
  /** How long points are kept, as Prometheus writes durations. */
  retention?: string
  /** A folder of rules instead of the clone's own. */
  rules?: string
}

/**
 * Starts Prometheus on 127.0.0.1 with its data in `folder`. Its file finds targets and rules beside itself, so it gets a folder in
 * which it and the rules are links and the targets are this machine's.
 */
export async function startPrometheus(folder: string, options: PrometheusOptions): Promise<PrometheusServer> {
  const port = options.port ?? (await findFreePort())
  const configuration = join(folder, 'configuration')
  rmSync(configuration, { recursive: true, force: true })
  mkdirSync(join(configuration, 'targets'), { recursive: true })
  symlinkSync(join(prometheusConfiguration, 'prometheus.yml'), join(configuration, 'prometheus.yml'))
  symlinkSync(options.rules ?? join(prometheusConfiguration, 'rules'), join(configuration, 'rules'))
  writeTargets(join(configuration, 'targets'), options.targets)
  const url = `http://127.0.0.1:${port}`
  const server = await launch({
    name: 'Prometheus',
    command: [
      await findPrometheus(),
      `--config.file=${join(configuration, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--storage.tsdb.retention.time=${options.retention ?? '30d'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...prometheusFlags,
    ],
    environment: { GOMEMLIMIT: '400MiB', HOURGLASS_CLUSTER: 'native' },
    port,
    log: join(folder, 'prometheus.log'),
    isReady: () => answersOk(`${url}/-/ready`),
  })
  return { ...server, url }
}

/** As in compose.yaml: Tempo writes its metrics here, and points keep the ids of traces. */
const prometheusFlags = [
  '--web.enable-remote-write-receiver',
  '--enable-feature=exemplar-storage',
  '--web.enable-lifecycle',
  '--log.level=warn',
]
