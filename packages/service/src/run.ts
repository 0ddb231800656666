import type { Bus } from '@hourglass/events/bus'
import { type Consumer, createReceiver } from '@hourglass/events/consume'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import type { EventTables } from '@hourglass/events/tables'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { type Cache, createMemoryCache } from '@hourglass/kit/cache'
import { ConfigError, readConfig } from '@hourglass/kit/config'
import { connectDatabase, type Database } from '@hourglass/kit/db/connect'
import { migrateDatabase } from '@hourglass/kit/db/migrate'
import type { Readiness } from '@hourglass/kit/health'
import { type Job, startJob } from '@hourglass/kit/jobs'
import { stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import { openApi } from '@hourglass/kit/openapi'
import type { ServiceDeps } from '@hourglass/kit/service'
import { policyTable } from '@hourglass/policy'
import type { AnyElysia } from 'elysia'
import type { z } from 'zod'
import type { ServiceConfig } from './config'

/** What a service is built on, connected and ready. */
export type Foundation<Config> = { config: Config; service: ServiceDeps; database: Database; bus: Bus; cache: Cache }
export type Built = {
  app: AnyElysia
  jobs: readonly Job[]
  /** With the tables in which it keeps what it has taken. */
  consumer?: { consumer: Consumer; events: EventTables }
}

/**
 * Runs a service as a program of its own: configuration, migrations, connections, the service, its jobs, two ports; and a
 * stop that drains before it closes. A bad environment ends it with every fault listed.
 */
export async function runService<Schema extends z.ZodObject>(
  about: {
    name: string
    config: Schema
    /** Absolute folder of the committed migrations. */
    migrations: string
    /** How long load balancers need to notice that it drains, and open streams to end. */
    drainMs?: number
  },
  build: (foundation: Foundation<z.infer<Schema> & ServiceConfig>) => Built | Promise<Built>,
): Promise<void> {
  try {
    // Every service's schema extends `ServiceConfig`; zod's types lose that through the generic.
    const config = readConfig(about.config, process.env) as z.infer<Schema> & ServiceConfig
    await start(about, config, build)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

async function start<Config extends ServiceConfig>(
  { name, migrations, drainMs = 0 }: { name: string; migrations: string; drainMs?: number },
  config: Config,
  build: (foundation: Foundation<Config>) => Built | Promise<Built>,
): Promise<void> {
  const log = createLogger({ service: name, level: config.LOG_LEVEL })
  await migrateDatabase(config.DATABASE_URL, migrations)
  const database = connectDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    statementTimeoutMs: config.DATABASE_TIMEOUT_MS,
    applicationName: name,
  })
  const readiness: Readiness = { state: 'starting', check: async () => (await database.sql`select 1`).length === 1 }
  const metrics = createMetrics(name)
  const access = createTokenVerifier(config.ACCESS_PUBLIC_KEYS, { typ: 'at+jwt', audience: 'hourglass-api' })
  const service: ServiceDeps = { log, metrics, readiness, policy: policyTable, verifiers: { access } }
  const bus = createEmbeddedBus()
  const cache = createMemoryCache()
  const { app, jobs, consumer } = await build({ config, service, database, bus, cache })
  if (consumer) await bus.subscribe(createReceiver(database.db, consumer.events, consumer.consumer, log))
  app.use(openApi(app)).listen({ hostname: config.HOST, port: config.PORT })
  const metricsServer = Bun.serve({
    hostname: config.HOST,
    port: config.METRICS_PORT,
    routes: { '/metrics': async () => new Response(await metrics.registry.metrics()) },
    fetch: () => new Response(null, { status: 404 }),
  })
  // This bus reaches nobody outside of the process. A relay on it would tick off what nobody has heard: let it wait in the outbox.
  const running = jobs.filter((job) => job.name !== 'relay').map((job) => startJob(job, log))
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
        { name: 'cache', stop: () => cache.close() },
        { name: 'database', stop: () => database.close() },
      ],
      log,
    )
  })
}
