import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PageTelemetryConfig } from '@hourglass/gateway/config'
import { stopOnSignal } from '@hourglass/kit/lifecycle'
import { TracingConfig } from '@hourglass/kit/tracing'
import { findFreePort } from '@hourglass/servers/free-port'
import { buildUi } from '../build-ui'
import { loadDemo } from '../demo/load'
import { demoAdmin, describeSignIns } from '../demo/people'
import { readFirstAdmin } from '../first-admin'
import { openDataFolder, resetDataFolder } from '../folder/data-folder'
import { readSecrets } from '../folder/secrets'
import { createEnvironments, type ServiceName } from '../installation/environments'
import { readServiceKeys } from '../installation/service-keys'
import { onPort } from '../on-port'
import type { Options } from '../options'
import { describeRows } from '../table'
import { createKeep } from './keep'
import { endLeftovers, type Leftovers } from './leftovers'
import { isQuiet, renderLine } from './log'
import { migrateAll } from './migrate'
import { type Observability, startObservability } from './observability/start'
import type { EnvironmentOf, Replica } from './replica'
import { startServers } from './servers'
import { keepServiceRunning, type ServiceProcess } from './service-process'

/** What must be ready before what: those of one row start together. */
const order: readonly (readonly ServiceName[])[] = [
  ['students', 'quizzes', 'exams', 'grading', 'notifier'],
  ['gateway'],
]

/**
 * Every service as a process of its own, on PostgreSQL, MongoDB's protocol, Redis and RabbitMQ, all on this machine: the shape in
 * which it runs in a cluster, without containers. Ends with the process that started it; the data stay.
 */
export async function runStack(options: Options): Promise<void> {
  const startedAt = performance.now()
  const firstAdmin = options.isEmpty ? readFirstAdmin(process.env) : demoAdmin
  const stops: (() => Promise<void> | void)[] = []
  const stopAll = async () => {
    for (const stop of stops.splice(0).toReversed()) await stop()
  }
  stopOnSignal(stopAll)
  try {
    const folder = openDataFolder(options.dataFolder)
    stops.push(folder.release)
    const leftovers = await endLeftovers(folder.path)
    stops.push(leftovers.forgetAll)
    onPort('--port', options.port, () =>
      Bun.serve({ hostname: options.host, port: options.port, fetch: () => new Response() }),
    ).stop(true)
    if (options.reset) resetDataFolder(folder)
    const secrets = readSecrets(folder.path)
    const uiFolder = buildUi()
    const servers = await startServers(folder.path, secrets, leftovers.remember)
    stops.push(servers.stop)
    const replicas = await planReplicas(options)
    const { keep, stop: stopObservability } = createKeep(leftovers.remember)
    stops.push(stopObservability)
    const secret = secrets.databasePassword
    const observability = options.isObserved
      ? await startObservability(folder.path, { replicas, servers, secret, keep })
      : null
    if (observability) stops.push(observability.close)
    const { publicUrl } = options
    const of = (service: ServiceName) => replicas.filter((replica) => replica.service === service)
    const environments = createEnvironments({
      ...{ ...servers, secrets, publicUrl, uiFolder, firstAdmin, mail: null },
      serviceKeys: readServiceKeys(folder.path),
      addressOf: (service) =>
        of(service)
          .map(({ port }) => `http://127.0.0.1:${port}`)
          .join(','),
      replicasOf: (service) => of(service).length,
      // The files get more than the console shows.
      logLevel: process.env.LOG_LEVEL ?? (observability ? 'info' : 'warn'),
    })
    const environmentOf: EnvironmentOf = ({ service, port, metricsPort }) => ({
      ...environments[service],
      ...telemetryOf(process.env),
      ...{ HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort) },
      ...observability?.environment,
    })
    await migrateAll(replicas, environmentOf)
    const processes = await startInOrder(replicas, environmentOf, {
      ...{ leftovers, observability },
      onStarted: (stop) => stops.push(stop),
    })
    const loaded = join(folder.path, 'demo.json')
    if (!options.isEmpty && !existsSync(loaded)) {
      process.stdout.write('Loading a school to play with…\n')
      await loadDemo(`http://${options.host}:${options.port}`)
      writeFileSync(loaded, JSON.stringify({ loadedAt: new Date().toISOString() }))
    }
    process.stdout.write(
      describe(options, processes, observability?.rows ?? [], (performance.now() - startedAt) / 1_000),
    )
  } catch (error) {
    await stopAll()
    throw error
  }
}

async function planReplicas({ port, metricsPort, scale }: Options): Promise<Replica[]> {
  const replicas: Replica[] = []
  for (const service of order.flat()) {
    const count = scale[service] ?? 1
    for (let number = 1; number <= count; number++) {
      const name = count === 1 ? service : `${service}-${number}`
      const ports = service === 'gateway' ? [port, metricsPort] : [await findFreePort(), await findFreePort()]
      replicas.push({ service, name, port: ports[0] ?? 0, metricsPort: ports[1] ?? 0 })
    }
  }
  return replicas
}

async function startInOrder(
  replicas: readonly Replica[],
  environmentOf: EnvironmentOf,
  about: {
    leftovers: Leftovers
    observability: Observability | null
    onStarted: (stop: () => Promise<void>) => void
  },
): Promise<ServiceProcess[]> {
  const { leftovers, observability, onStarted } = about
  const say = (name: string) => (line: string) => {
    observability?.write(name, line)
    if (observability && isQuiet(line) && process.env.LOG_LEVEL === undefined) return
    process.stdout.write(`${renderLine(name, line)}\n`)
  }
  const all: ServiceProcess[] = []
  for (const services of order) {
    const row = replicas
      .filter(({ service }) => services.includes(service))
      .map((replica) =>
        keepServiceRunning(replica, environmentOf(replica), {
          say: say(replica.name),
          onLaunch: (pid) => leftovers.remember(replica.name, pid),
        }),
      )
    all.push(...row)
    // Together: each drains for as long as it must.
    onStarted(async () => void (await Promise.all(row.map(({ stop }) => stop()))))
    await Promise.all(row.map(({ ready }) => ready()))
  }
  return all
}

/** What of our own environment says how the services are seen. */
const telemetryOf = (environment: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.keys({ ...TracingConfig.shape, ...PageTelemetryConfig.shape }).flatMap((name) => {
      const value = environment[name]
      return value ? [[name, value]] : []
    }),
  )

function describe(
  options: Options,
  processes: readonly ServiceProcess[],
  observers: readonly string[][],
  seconds: number,
): string {
  const { publicUrl, dataFolder, isEmpty } = options
  const rows = [
    ['Hourglass', publicUrl],
    ['API', `${publicUrl}/api/docs`],
    ...processes.map(({ replica: { name, port, metricsPort } }) => [name, `127.0.0.1:${port}, metrics ${metricsPort}`]),
    ...observers,
    ['Data', dataFolder],
    ...(isEmpty ? [] : describeSignIns()),
  ]
  return `\nReady in ${seconds.toFixed(1)} s. Ctrl-C stops everything and keeps the data.\n\n${describeRows(rows)}\n\n`
}
