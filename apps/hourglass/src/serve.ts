import { join } from 'node:path'
import { PageTelemetryConfig } from '@hourglass/gateway/config'
import { createGateway } from '@hourglass/gateway/gateway'
import { listen } from '@hourglass/gateway/server'
import { createDevServerUi, createFolderUi, type Ui } from '@hourglass/gateway/ui'
import { createLocalUpstream } from '@hourglass/gateway/upstream'
import { LogLevel, readConfig } from '@hourglass/kit/config'
import type { Readiness } from '@hourglass/kit/health'
import { stopInOrder, withDeadline } from '@hourglass/kit/lifecycle'
import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { serveMetrics } from '@hourglass/kit/metrics'
import { TracingConfig } from '@hourglass/kit/tracing'
import { createFirstAdmin } from '@hourglass/students/first-admin'
import { readSecrets } from './folder/secrets'
import { createProcessInstruments } from './instruments'
import { onPort } from './on-port'
import type { Options } from './options'
import { prepareDatabases } from './postgres/databases'
import { createServices } from './services'

export type ServeOptions = Pick<Options, 'host' | 'port' | 'metricsPort' | 'publicUrl'> & {
  dataFolder: string
  postgresPort: number
  ui: { folder: string } | { devServer: string }
  /** Whether the mailbox page exists: development only. */
  mailbox: boolean
  firstAdmin: { email: string; password: string } | null
}

export type Running = { stop: () => Promise<void> }

/** Serves the product on one port, on a PostgreSQL that runs. Throws a Problem for a port that is taken. */
export async function serve(options: ServeOptions): Promise<Running> {
  const level = LogLevel.catch('info').parse(process.env.LOG_LEVEL ?? 'warn')
  const instruments = createProcessInstruments(level, readConfig(TracingConfig, process.env))
  const { log } = instruments.of('hourglass')
  const { PAGE_TELEMETRY: pageTelemetry } = readConfig(PageTelemetryConfig, process.env)
  const secrets = readSecrets(options.dataFolder)
  const urls = await prepareDatabases(options.postgresPort, secrets.databasePassword, migrationFolders)
  const cache = createMemoryCache()
  const readiness: Readiness = {
    state: 'starting',
    check: () => withDeadline(pingExams(), 1_000, 'the database did not answer').catch(() => false),
  }
  const pingExams = async () => (await services.databases.exams.sql`select 1`).length === 1
  const { publicUrl, mailbox } = options
  const services = await createServices({
    ...{ urls, secrets, cache, publicUrl, readiness, mailbox },
    instrumentsOf: instruments.of,
    registries: instruments.isCounting ? instruments.registries : null,
  })
  if (options.firstAdmin) {
    await createFirstAdmin(services.databases.students.db, { ...options.firstAdmin, name: 'Administrator' })
  }
  const ui = await createUi(options.ui)
  const { students, quizzes, exams, grading, notifier } = services.apps
  const gateway = createGateway({
    service: services.depsOf('gateway'),
    upstreams: {
      students: createLocalUpstream(students),
      quizzes: createLocalUpstream(quizzes),
      exams: createLocalUpstream(exams),
      grading: createLocalUpstream(grading),
      notifier: createLocalUpstream(notifier),
    },
    cache,
    ui,
    publicUrl,
    pageTelemetry: { isOn: pageTelemetry === 'on', tracer: instruments.tracerOf('web') },
  })
  const server = onPort('--port', options.port, () =>
    listen(gateway, { hostname: options.host, port: options.port, ui }),
  )
  const metricsServer = onPort('--metrics-port', options.metricsPort, () =>
    serveMetrics(instruments, { hostname: '127.0.0.1', port: options.metricsPort }),
  )
  const jobs = services.start()
  readiness.state = 'ready'
  return {
    stop: () => {
      readiness.state = 'draining'
      return stopInOrder(
        [
          { name: 'requests', stop: server.stop },
          { name: 'metrics', stop: () => metricsServer.stop() },
          { name: 'jobs', stop: jobs.stop },
          { name: 'services', stop: services.close },
          { name: 'cache', stop: cache.close },
          { name: 'telemetry', stop: instruments.stop },
        ],
        log,
      )
    },
  }
}

const folderOf = (service: string) => join(import.meta.dir, '../..', service, 'migrations')
const migrationFolders = {
  students: folderOf('students'),
  quizzes: folderOf('quizzes'),
  exams: folderOf('exams'),
  grading: folderOf('grading'),
  notifier: folderOf('notifier'),
}

const createUi = (ui: ServeOptions['ui']): Promise<Ui> | Ui =>
  'folder' in ui ? createFolderUi(ui.folder) : createDevServerUi(ui.devServer)
