import type { Bus, Subscription } from '@hourglass/events/bus'
import { createRabbitmqBus } from '@hourglass/events/rabbitmq-bus'
import { createServiceCaller, createServiceVerifier } from '@hourglass/kit/auth/service-identity'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { ConfigError, readConfig, readEnvironment } from '@hourglass/kit/config'
import { migrateDatabase, SchemaError } from '@hourglass/kit/db/migrate'
import { createTimedFetch, type Fetcher } from '@hourglass/kit/fetch'
import type { Readiness } from '@hourglass/kit/health'
import { type Job, startJob } from '@hourglass/kit/jobs'
import { type Stoppable, stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics, serveMetrics } from '@hourglass/kit/metrics'
import { openApi } from '@hourglass/kit/openapi'
import { measureProcess } from '@hourglass/kit/process-metrics'
import { createReplicaFetch, type Replicas } from '@hourglass/kit/replicas'
import type { ServiceDeps } from '@hourglass/kit/service'
import { createTracedFetch } from '@hourglass/kit/traced-fetch'
import { createTracing } from '@hourglass/kit/tracing'
import { policyTable } from '@hourglass/policy'
import type { AnyElysia } from 'elysia'
import type { z } from 'zod'
import { type BusConfig, DatabaseConfig, type ServiceConfig } from './config'

type AnyConfig = ServiceConfig & z.infer<typeof BusConfig>

/** What a service is built on. */
export type Foundation<Config> = {
  config: Config
  service: ServiceDeps
  bus: Bus
  /** Where another service is (by the variable `…_URL`), and a fetch that says who asks and ends within 3 s. */
  addressOf: (service: string) => { url: string; fetcher: Fetcher }
}
export type Built = {
  app: AnyElysia
  jobs: readonly Job[]
  subscription?: Subscription
  /** Whether the store without which no request can be served answers. */
  isReady: () => Promise<boolean>
  /** Its connections, in the order in which they are closed: last of all. */
  connections: readonly Stoppable[]
}
export type About<Schema> = {
  name: string
  config: Schema
  /** Absolute folder of the committed migrations, where it has a PostgreSQL of its own. */
  migrations?: string
  /** How long load balancers need to notice that it drains, and open streams to end. */
  drainMs?: number
}

/**
 * Runs a service as a program of its own: configuration, connections, the service, its jobs, two ports; and a stop that drains
 * before it closes. With the argument `migrate` it brings its database up to date instead, and ends. A bad environment, or
 * tables that are not its own, end it with a line that says what to do.
 */
export async function runService<Schema extends z.ZodObject>(
  about: About<Schema>,
  build: (foundation: Foundation<z.infer<Schema> & AnyConfig>) => Built | Promise<Built>,
): Promise<void> {
  try {
    if (process.argv[2] === 'migrate') {
      await migrateOnly(about.migrations)
      process.exit(0)
    }
    // Every service's schema extends these; zod's types lose that through the generic.
    const config = readConfig(about.config, readEnvironment(process.env)) as z.infer<Schema> & AnyConfig
    await start(about, config, build)
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SchemaError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

async function migrateOnly(migrations: string | undefined): Promise<void> {
  if (migrations === undefined) return
  const { DATABASE_URL: url, DATABASE_CA: certificateAuthority } = readConfig(
    DatabaseConfig,
    readEnvironment(process.env),
  )
  await migrateDatabase({ url, certificateAuthority }, migrations)
}

async function start<Config extends AnyConfig>(
  { name, drainMs = 0 }: About<unknown>,
  config: Config,
  build: (foundation: Foundation<Config>) => Built | Promise<Built>,
): Promise<void> {
  const log = createLogger({ service: name, level: config.LOG_LEVEL, version: config.HOURGLASS_VERSION })
  const metrics = createMetrics(name, { isOn: config.HOURGLASS_METRICS === 'on' })
  const tracing = createTracing(config)
  const tracer = tracing?.tracerOf(name) ?? null
  const instruments = { log, metrics, tracer }
  const ofProcess = measureProcess(name, { version: config.HOURGLASS_VERSION, exporter: tracing?.exporter ?? null })
  const readiness: Readiness = { state: 'starting', check: async () => false }
  const verifiers = {
    access: createTokenVerifier(config.ACCESS_PUBLIC_KEYS, { typ: 'at+jwt', audience: 'hourglass-api' }),
    service: createServiceVerifier(config.SERVICE_PUBLIC_KEYS, name),
  }
  const bus = await createRabbitmqBus({ url: config.RABBITMQ_URL, log })
  const call = createServiceCaller(name, { kid: config.SERVICE_KEY_ID, privateKey: config.SERVICE_PRIVATE_KEY })
  const { app, jobs, subscription, isReady, connections } = await build({
    config,
    bus,
    service: { ...instruments, readiness, policy: policyTable, verifiers },
    addressOf: (service) => ({
      url: `http://${service}.internal`,
      fetcher: createTracedFetch(
        tracer,
        service,
        call(service, createTimedFetch(3_000, createReplicaFetch(addressesOf(config, service)))),
      ),
    }),
  })
  readiness.check = isReady
  if (subscription) await bus.subscribe(subscription)
  app.use(openApi(app)).listen({ hostname: config.HOST, port: config.PORT })
  const metricsServer = serveMetrics(
    { registries: () => [metrics.registry, ofProcess.registry], logs: () => ({ [name]: log }) },
    { hostname: config.HOST, port: config.METRICS_PORT },
  )
  const running = jobs.map((job) => startJob(job, instruments))
  readiness.state = 'ready'
  log.info({ port: config.PORT }, 'ready')
  stopOnSignal(async () => {
    readiness.state = 'draining'
    await stopInOrder(
      [
        { name: 'drain', stop: () => Bun.sleep(drainMs) },
        { name: 'requests', stop: async () => void (await app.stop()) },
        { name: 'metrics', stop: () => metricsServer.stop() },
        { name: 'jobs', stop: async () => void (await Promise.all(running.map((job) => job.stop()))) },
        { name: 'bus', stop: () => bus.close() },
        ...connections,
        { name: 'traces', stop: () => tracing?.stop() },
      ],
      log,
    )
  })
}

/** Throws an Error for a service whose address is no part of the configuration: a fault of the program. */
function addressesOf(config: Record<string, unknown>, service: string): Replicas {
  const addresses = config[`${service.toUpperCase()}_URL`]
  if (!Array.isArray(addresses)) throw new Error(`the configuration does not ask where ${service} is`)
  return addresses
}
