import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUpBroker } from '@hourglass/events/set-up-broker'
import { buildUi } from '@hourglass/hourglass/build-ui'
import { readSecrets } from '@hourglass/hourglass/folder/secrets'
import { createEnvironments, type ServiceName, serviceNames } from '@hourglass/hourglass/installation/environments'
import { brokerPasswords } from '@hourglass/hourglass/installation/passwords'
import { readServiceKeys } from '@hourglass/hourglass/installation/service-keys'
import { createDatabases } from '@hourglass/hourglass/postgres/databases'
import { renderLine } from '@hourglass/hourglass/stack/log'
import { migrateAll } from '@hourglass/hourglass/stack/migrate'
import type { EnvironmentOf, Replica } from '@hourglass/hourglass/stack/replica'
import { keepServiceRunning, type ServiceProcess } from '@hourglass/hourglass/stack/service-process'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startPostgres } from '@hourglass/servers/postgres'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import { freePort } from '@hourglass/testing/ports'
import { startProxy, type TcpProxy } from './proxy'
import { createStore, type Store } from './store'

export type StoreName = 'postgres' | 'redis' | 'rabbitmq' | 'mongodb'

/** The whole product, each service a process, each store a real server, and a proxy before every store that can turn nasty. */
export type Rig = {
  url: string
  admin: { email: string; password: string }
  dataFolder: string
  stores: Record<StoreName, Store>
  /** Between all services and a store. */
  proxies: Record<StoreName, TcpProxy>
  replicasOf: (service: ServiceName) => ServiceProcess[]
  /** `http://admin:…@127.0.0.1:port` of the broker's management, which goes by no proxy. */
  brokerUrl: () => string
  /** Ends every fault there is: fair weather, everything started and awake. Resolves when all services are ready. */
  heal: () => Promise<void>
  log: () => string
  end: () => Promise<void>
}

const admin = { email: 'admin@school.example', password: 'the first admin of a test' }

/**
 * @param options `scale`: replicas by service, one of each by default and two of the exam room; `programs`: other builds of
 * services than those of this tree
 */
export async function createRig(
  options: { scale?: Partial<Record<ServiceName, number>>; programs?: ReadonlyMap<string, string> } = {},
): Promise<Rig> {
  const { scale = { exams: 2 }, programs = new Map<string, string>() } = options
  const dataFolder = mkdtempSync(join(tmpdir(), 'hourglass-faults-'))
  // PostgreSQL runs as another user when root starts it, and must be able to walk there.
  chmodSync(dataFolder, 0o755)
  const secrets = readSecrets(dataFolder)
  const { databasePassword } = secrets
  let brokerUrl = ''
  const [postgres, redis, rabbitmq, mongodb] = await Promise.all([
    createStore((port) => startPostgres(dataFolder, databasePassword, port === undefined ? {} : { port })),
    createStore((port) => startRedis(join(dataFolder, 'redis'), port === undefined ? {} : { port })),
    createStore(async (port) => {
      const server = await startRabbitmq(join(dataFolder, 'rabbitmq'), {
        password: 'admin',
        ...(port === undefined ? {} : { port }),
      })
      brokerUrl = server.managementUrl
      return server
    }),
    createStore((port) => startMongodb(join(dataFolder, 'mongodb'), port === undefined ? {} : { port })),
  ])
  const stores = { postgres, redis, rabbitmq, mongodb }
  const proxyOf = (name: StoreName) => startProxy(stores[name].port)
  const proxies = {
    postgres: await proxyOf('postgres'),
    redis: await proxyOf('redis'),
    rabbitmq: await proxyOf('rabbitmq'),
    mongodb: await proxyOf('mongodb'),
  }
  const passwords = brokerPasswords(databasePassword)
  await setUpBroker(brokerUrl, 'hourglass', passwords)
  const adminUrl = `postgres://postgres:${databasePassword}@127.0.0.1:${proxies.postgres.port}/postgres`
  const databases = await createDatabases(adminUrl, databasePassword, [
    ...(['students', 'exams', 'grading', 'notifier'] as const),
  ])
  const replicas = await planReplicas(scale)
  const of = (service: ServiceName) => replicas.filter((replica) => replica.service === service)
  const port = of('gateway')[0]?.port
  const url = `http://127.0.0.1:${port}`
  const environments = createEnvironments({
    ...{ databases, secrets, firstAdmin: admin, publicUrl: url, uiFolder: buildUi(), mail: null, logLevel: 'warn' },
    mongodbUrl: `mongodb://127.0.0.1:${proxies.mongodb.port}/quizzes`,
    redisUrl: `redis://127.0.0.1:${proxies.redis.port}`,
    rabbitmqUrlOf: (name) => `amqp://${name}:${passwords[name]}@127.0.0.1:${proxies.rabbitmq.port}/hourglass`,
    serviceKeys: readServiceKeys(dataFolder),
    addressOf: (service) =>
      of(service)
        .map((replica) => `http://127.0.0.1:${replica.port}`)
        .join(','),
    replicasOf: (service) => of(service).length,
  })
  const environmentOf: EnvironmentOf = ({ service, port, metricsPort }) => ({
    ...environments[service],
    ...{ HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort) },
    ...(service === 'exams' ? { NETWORK_GRACE_SECONDS: String(graceSeconds) } : {}),
  })
  await migrateAll(replicas, environmentOf)
  const lines: string[] = []
  const programOf = (service: string) => {
    const program = programs.get(service)
    return program === undefined ? {} : { program }
  }
  const processes = replicas.map((replica) =>
    keepServiceRunning(replica, environmentOf(replica), {
      say: (line) => void lines.push(renderLine(replica.name, line)),
      onLaunch: () => {},
      ...programOf(replica.service),
    }),
  )
  const untilReady = async () => void (await Promise.all(processes.map(({ ready }) => ready())))
  await untilReady()
  return {
    ...{ url, admin, dataFolder, stores, proxies },
    replicasOf: (service) => processes.filter(({ replica }) => replica.service === service),
    brokerUrl: () => brokerUrl,
    heal: async () => {
      for (const proxy of Object.values(proxies)) proxy.heal()
      for (const { pid } of processes) signal(pid(), 'SIGCONT')
      await Promise.all(
        Object.values(stores).map(async (store) => {
          store.wake()
          await store.start()
        }),
      )
      await untilReady()
    },
    log: () => lines.join('\n'),
    end: async () => {
      for (const { pid } of processes) signal(pid(), 'SIGCONT')
      await Promise.all(processes.map(({ stop }) => stop()))
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))
      await Promise.all(Object.values(stores).map((store) => store.stop()))
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Shorter than in production, so that a scenario takes seconds. */
export const graceSeconds = 2

const signal = (pid: number | null, name: NodeJS.Signals) => {
  if (pid !== null) process.kill(pid, name)
}

async function planReplicas(scale: Partial<Record<ServiceName, number>>): Promise<Replica[]> {
  const replicas: Replica[] = []
  for (const service of serviceNames) {
    const count = scale[service] ?? 1
    for (let number = 1; number <= count; number++) {
      const name = count === 1 ? service : `${service}-${number}`
      replicas.push({ service, name, port: await freePort(), metricsPort: await freePort() })
    }
  }
  return replicas
}
