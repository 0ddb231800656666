import { createServiceCaller } from '@hourglass/kit/auth/service-identity'
import { createTokenVerifier } from '@hourglass/kit/auth/token'
import { ConfigError, readConfig, readEnvironment } from '@hourglass/kit/config'
import type { Readiness } from '@hourglass/kit/health'
import { stopInOrder, stopOnSignal } from '@hourglass/kit/lifecycle'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics, serveMetrics } from '@hourglass/kit/metrics'
import { measureProcess } from '@hourglass/kit/process-metrics'
import { createRedisCache } from '@hourglass/kit/redis-cache'
import type { Replicas } from '@hourglass/kit/replicas'
import { createTracing } from '@hourglass/kit/tracing'
import { watchCache } from '@hourglass/kit/watched-cache'
import { policyTable } from '@hourglass/policy'
import { GatewayConfig } from './config'
import { createGateway } from './gateway'
import { listen } from './server'
import { createDevServerUi, createFolderUi } from './ui/ui'
import { createHttpUpstream } from './upstream'

const config = readConfigOrStop()
const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL, version: config.HOURGLASS_VERSION })
const tracing = createTracing(config)
const tracer = tracing?.tracerOf('gateway') ?? null
const ofProcess = measureProcess('gateway', {
  version: config.HOURGLASS_VERSION,
  exporter: tracing?.exporter ?? null,
})
const metrics = createMetrics('gateway', { isOn: config.HOURGLASS_METRICS === 'on' })
const readiness: Readiness = { state: 'starting', check: async () => true }
const cache = watchCache(createRedisCache({ url: config.REDIS_URL, log }), { log, metrics, tracer })
const call = createServiceCaller('gateway', { kid: config.SERVICE_KEY_ID, privateKey: config.SERVICE_PRIVATE_KEY })
const ui = config.UI_DEV_SERVER
  ? createDevServerUi(config.UI_DEV_SERVER)
  : config.UI_FOLDER
    ? await createFolderUi(config.UI_FOLDER)
    : null

const upstreamOf = (service: string, urls: Replicas) =>
  createHttpUpstream(urls, (fetcher) => call(service, fetcher), { tracer, service })
const gateway = createGateway({
  service: {
    log,
    metrics,
    tracer,
    readiness,
    policy: policyTable,
    verifiers: {
      access: createTokenVerifier(config.ACCESS_PUBLIC_KEYS, { typ: 'at+jwt', audience: 'hourglass-api' }),
      seat: createTokenVerifier(config.SEAT_PUBLIC_KEYS, { typ: 'seat+jwt', audience: 'exams' }),
    },
  },
  upstreams: {
    students: upstreamOf('students', config.STUDENTS_URL),
    quizzes: upstreamOf('quizzes', config.QUIZZES_URL),
    exams: upstreamOf('exams', config.EXAMS_URL),
    grading: upstreamOf('grading', config.GRADING_URL),
    notifier: upstreamOf('notifier', config.NOTIFIER_URL),
  },
  cache,
  ui,
  publicUrl: config.PUBLIC_URL,
  trustedProxies: config.TRUSTED_PROXIES,
  corsOrigins: config.CORS_ORIGINS,
  pageTelemetry: { isOn: config.PAGE_TELEMETRY === 'on', tracer: tracing?.tracerOf('web') ?? null },
  // What is left is for everything that ends.
  maxStreams: config.BUN_CONFIG_MAX_HTTP_REQUESTS - 1_000,
})
const server = listen(gateway, { hostname: config.HOST, port: config.PORT, ui })
const metricsServer = serveMetrics(
  { registries: () => [metrics.registry, ofProcess.registry], logs: () => ({ gateway: log }) },
  { hostname: config.HOST, port: config.METRICS_PORT },
)
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
      { name: 'traces', stop: () => tracing?.stop() },
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
