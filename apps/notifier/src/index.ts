import { join } from 'node:path'
import { createReceiver } from '@hourglass/events/consume'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { ConfigError, readConfig } from '@hourglass/kit/config'
import { connectDatabase } from '@hourglass/kit/db/connect'
import { migrateDatabase } from '@hourglass/kit/db/migrate'
import type { Readiness } from '@hourglass/kit/health'
import { startJob } from '@hourglass/kit/jobs'
import { stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import { policyTable } from '@hourglass/policy'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import type { Deps } from './deps'
import { createJobs } from './jobs'
import { createMailboxMailer } from './mail/mailbox-mailer'
import { events } from './schema'

try {
  await start(readConfig(Config, process.env))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  const log = createLogger({ service: 'notifier', level: config.LOG_LEVEL })
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dir, '../migrations'))
  const database = connectDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    statementTimeoutMs: config.DATABASE_TIMEOUT_MS,
    applicationName: 'notifier',
  })
  const readiness: Readiness = { state: 'starting', check: async () => (await database.sql`select 1`).length === 1 }
  const accessKey = { kid: config.ACCESS_KEY_ID, publicKey: config.ACCESS_PUBLIC_KEY }
  const bus = createEmbeddedBus()
  const deps: Deps = {
    service: {
      log,
      metrics: createMetrics('notifier'),
      readiness,
      policy: policyTable,
      verifiers: { access: createTokenVerifier([accessKey], { typ: 'at+jwt', audience: 'hourglass-api' }) },
    },
    db: database.db,
    bus,
    mailer: createMailboxMailer(database.db),
    mailbox: config.MAILBOX,
    publicUrl: config.PUBLIC_URL,
  }
  await bus.subscribe(createReceiver(deps.db, events, createConsumer(deps), log))
  const app = createApp(deps).listen({ hostname: config.HOST, port: config.PORT })
  const jobs = createJobs(deps).map((job) => startJob(job, log))
  readiness.state = 'ready'
  log.info({ port: config.PORT }, 'notifier is ready')
  stopOnSignal(async () => {
    readiness.state = 'draining'
    await stopInOrder(
      [
        { name: 'requests', stop: async () => void (await app.stop()) },
        { name: 'jobs', stop: async () => void (await Promise.all(jobs.map((job) => job.stop()))) },
        { name: 'bus', stop: () => bus.close() },
        { name: 'database', stop: () => database.close() },
      ],
      log,
    )
  })
}
