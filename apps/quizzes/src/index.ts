import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { readConfig } from '@hourglass/kit/config'
import { connectDatabase } from '@hourglass/kit/db/connect'
import type { Readiness } from '@hourglass/kit/health'
import { stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import { openApi } from '@hourglass/kit/openapi'
import { policyTable } from '@hourglass/policy'
import { createApp } from './app'
import { QuizzesConfig } from './config'
import { createPostgresStore } from './store/postgres-store'

const config = readConfig(QuizzesConfig, process.env)
const log = createLogger({ service: 'quizzes', level: config.LOG_LEVEL })
const metrics = createMetrics('quizzes')
const database = connectDatabase({
  url: config.DATABASE_URL,
  poolSize: config.DATABASE_POOL_SIZE,
  statementTimeoutMs: 5_000,
  applicationName: 'quizzes',
})
const readiness: Readiness = {
  state: 'starting',
  check: async () => (await database.sql`select 1`).length === 1,
}
// The embedded bus reaches nobody outside this process: no relay runs on it, and events wait in the outbox.
const bus = createEmbeddedBus()
const app = createApp({
  service: {
    log,
    metrics,
    readiness,
    policy: policyTable,
    verifiers: {
      access: createTokenVerifier(config.ACCESS_PUBLIC_KEYS, { typ: 'at+jwt', audience: 'hourglass-api' }),
    },
  },
  db: database.db,
  bus,
  store: createPostgresStore(database.db),
})
app.use(openApi(app)).listen({ hostname: config.HOST, port: config.PORT })
const metricsServer = Bun.serve({
  hostname: config.HOST,
  port: config.METRICS_PORT,
  routes: { '/metrics': async () => new Response(await metrics.registry.metrics()) },
  fetch: () => new Response(null, { status: 404 }),
})
readiness.state = 'ready'
log.info({ port: config.PORT }, 'listening')

stopOnSignal(async () => {
  readiness.state = 'draining'
  await stopInOrder(
    [
      { name: 'http', stop: () => void app.stop() },
      { name: 'metrics', stop: () => metricsServer.stop() },
      { name: 'bus', stop: bus.close },
      { name: 'database', stop: database.close },
    ],
    log,
  )
})
