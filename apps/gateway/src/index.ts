import { createServiceCaller } from '@hourglass/kit/auth/service-identity'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { ConfigError, readConfig, readEnvironment } from '@hourglass/kit/config'
import { countFailures } from '@hourglass/kit/counted-cache'
import type { Readiness } from '@hourglass/kit/health'
import { stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics, serveMetrics } from '@hourglass/kit/metrics'
import { createRedisCache } from '@hourglass/kit/redis-cache'
import { policyTable } from '@hourglass/policy'
import { GatewayConfig } from './config'
import { createGateway } from './gateway'
import { listen } from './server'
import { createDevServerUi, createFolderUi } from './ui/ui'
import { createHttpUpstream } from './upstream'

const config = readConfigOrStop()
const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL })
const metrics = createMetrics('gateway')
const readiness: Readiness = { state: 'starting', check: async () => true }
const cache = countFailures(createRedisCache({ url: config.REDIS_URL, log }), metrics)
const call = createServiceCaller('gateway', { kid: config.SERVICE_KEY_ID, privateKey: config.SERVICE_PRIVATE_KEY })
const ui = config.UI_DEV_SERVER
  ? createDevServerUi(config.UI_DEV_SERVER)
  : config.UI_FOLDER
    ? await createFolderUi(config.UI_FOLDER)
    : null

const gateway = createGateway({
  service: {
    log,
    metrics,
    readiness,
    policy: policyTable,
    verifiers: {
      access: createTokenVerifier(config.ACCESS_PUBLIC_KEYS, { typ: 'at+jwt', audience: 'hourglass-api' }),
      seat: createTokenVerifier(config.SEAT_PUBLIC_KEYS, { typ: 'seat+jwt', audience: 'exams' }),
    },
  },
  upstreams: {
    students: createHttpUpstream(config.STUDENTS_URL, (fetcher) => call('students', fetcher)),
    quizzes: createHttpUpstream(config.QUIZZES_URL, (fetcher) => call('quizzes', fetcher)),
    exams: createHttpUpstream(config.EXAMS_URL, (fetcher) => call('exams', fetcher)),
    grading: createHttpUpstream(config.GRADING_URL, (fetcher) => call('grading', fetcher)),
    notifier: createHttpUpstream(config.NOTIFIER_URL, (fetcher) => call('notifier', fetcher)),
  },
  cache,
  ui,
  publicUrl: config.PUBLIC_URL,
  trustedProxies: config.TRUSTED_PROXIES,
  corsOrigins: config.CORS_ORIGINS,
  // What is left is for everything that ends.
  maxStreams: config.BUN_CONFIG_MAX_HTTP_REQUESTS - 1_000,
})
const server = listen(gateway, { hostname: config.HOST, port: config.PORT, ui })
const metricsServer = serveMetrics(metrics, { hostname: config.HOST, port: config.METRICS_PORT })
readiness.state = 'ready'
log.info({ port: server.port }, 'listening')

stopOnSignal(async () => {
  readiness.state = 'draining'
  await stopInOrder(
    [
      { name: 'drain', stop: drain },
      { name: 'gateway', stop: server.stop },
      { name: 'metrics', stop: () => metricsServer.stop() },
      { name: 'cache', stop: cache.close },
    ],
    log,
  )
})

/** Until every balancer has noticed, and clients have gone over to another gateway. */
async function drain(): Promise<void> {
  server.drain()
  await Bun.sleep(2_000)
}

function readConfigOrStop(): GatewayConfig {
  try {
    return readConfig(GatewayConfig, readEnvironment(process.env))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}
