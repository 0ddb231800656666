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
import { databaseUrlOf } from '@hourglass/support/databases'
import { mountSmallDisk, type SmallDisk } from '@hourglass/support/disk'
import { freePort } from '@hourglass/testing/ports'
import { buildPrograms, type SourceChange } from '../programs/build'
import { type CrashPoints, createCrashPoints } from '../programs/crash-points'
import { type Backup, createBackup } from './backup'
import { startBalancer } from './balancer'
import { type Clock, createClock } from './clock'
import { startProxy, type TcpProxy } from './proxy'
import { type StoreName, type Stores, startStores } from './stores'

export type { StoreName } from './stores'

/** Where bytes can be delayed or lost: before a store, or between everybody and the first replica of the exam room. */
export type Way = StoreName | 'exams'

export type RigOptions = {
  /** Replicas by service: one of each by default, two of the gateway and of the exam room. */
  scale?: Partial<Record<ServiceName, number>>
  /** What is other in the services than in the tree, beside the points at which they can die. */
  changes?: readonly SourceChange[]
  /** PostgreSQL's files are on a file system of so many MiB. Only root can have that. */
  diskMebibytes?: number
  /** Whose wall clock can be set. */
  clockOf?: 'exams' | 'postgres'
}

/** The whole product, each service a process, each store a real server, and a proxy before every store that can turn nasty. */
export type Rig = Omit<Stores, 'proxies'> & {
  proxies: Record<Way, TcpProxy>
  /** Of a balancer before the gateways. */
  url: string
  admin: { email: string; password: string }
  dataFolder: string
  replicasOf: (service: ServiceName) => ServiceProcess[]
  points: Pick<CrashPoints, 'arm' | 'disarm'>
  /** Of PostgreSQL. */
  backup: Backup
  /** `null` without `diskMebibytes`. */
  disk: SmallDisk | null
  /** `null` without `clockOf`. */
  clock: Clock | null
  /** Ends every fault there is: fair weather, everything started and awake. Resolves when all services are ready. */
  heal: () => Promise<void>
  log: () => string
  end: () => Promise<void>
}

const admin = { email: 'admin@school.example', password: 'the first admin of a test' }
/** Shorter than in production, so that a scenario takes seconds. */
export const graceSeconds = 2

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'hourglass-faults-'))
  // PostgreSQL runs as another user when root starts it, and must be able to walk there.
  chmodSync(dataFolder, 0o755)
  const secrets = readSecrets(dataFolder)
  const { databasePassword } = secrets
  const postgresFolder = join(dataFolder, 'postgres')
  const disk = options.diskMebibytes ? mountSmallDisk(postgresFolder, options.diskMebibytes) : null
  const clock = options.clockOf ? createClock(join(dataFolder, 'clock')) : null
  const parts = await startStores(dataFolder, databasePassword, options.clockOf === 'postgres' ? clock : null)
  const { stores, broker } = parts
  const passwords = brokerPasswords(databasePassword)
  await setUpBroker(broker().managementUrl, 'hourglass', passwords)
  const adminUrl = `postgres://postgres:${databasePassword}@127.0.0.1:${parts.proxies.postgres.port}/postgres`
  const databases = await createDatabases(adminUrl, databasePassword, ['students', 'exams', 'grading', 'notifier'])
  const replicas = await planReplicas({ gateway: 2, exams: 2, ...options.scale })
  const of = (service: ServiceName) => replicas.filter((replica) => replica.service === service)
  const [firstExams] = of('exams')
  if (!firstExams) throw new Error('there is no exam room')
  const proxies = { ...parts.proxies, exams: await startProxy(firstExams.port) }
  const balancer = await startBalancer(of('gateway').map(({ port }) => port))
  const url = `http://127.0.0.1:${balancer.port}`
  const environments = createEnvironments({
    ...{ databases, secrets, firstAdmin: admin, publicUrl: url, uiFolder: buildUi(), mail: null, logLevel: 'warn' },
    mongodbUrl: `mongodb://127.0.0.1:${proxies.mongodb.port}/quizzes`,
    redisUrl: `redis://127.0.0.1:${proxies.redis.port}`,
    rabbitmqUrlOf: (name) => `amqp://${name}:${passwords[name]}@127.0.0.1:${proxies.rabbitmq.port}/hourglass`,
    serviceKeys: readServiceKeys(dataFolder),
    addressOf: (service) =>
      of(service)
        .map((replica) => `http://127.0.0.1:${replica === firstExams ? proxies.exams.port : replica.port}`)
        .join(','),
    replicasOf: (service) => of(service).length,
  })
  const environmentOf: EnvironmentOf = ({ service, port, metricsPort }) => ({
    ...environments[service],
    ...{ HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort) },
    ...(service === 'exams' ? { NETWORK_GRACE_SECONDS: String(graceSeconds) } : {}),
    ...(service === options.clockOf ? clock?.environment : {}),
  })
  await migrateAll(replicas, environmentOf)
  const points = createCrashPoints()
  const programs = await buildPrograms([...(options.changes ?? []), ...points.changes])
  const lines: string[] = []
  const processes = replicas.map((replica) => {
    const program = programs.pathOf(replica.service)
    return keepServiceRunning(replica, environmentOf(replica), {
      say: (line) => void lines.push(renderLine(replica.name, line)),
      onLaunch: () => {},
      ...(program === undefined ? {} : { program }),
    })
  })
  const untilReady = async () => void (await Promise.all(processes.map(({ ready }) => ready())))
  await untilReady()
  return {
    ...{ ...parts, proxies, url, admin, dataFolder, points, disk, clock },
    backup: createBackup(postgresFolder, join(dataFolder, 'backup'), () => databaseUrlOf(dataFolder, 'postgres')),
    replicasOf: (service) => processes.filter(({ replica }) => replica.service === service),
    heal: async () => {
      disk?.free()
      clock?.set(0)
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
      await balancer.close()
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))
      await Promise.all(Object.values(stores).map((store) => store.stop()))
      disk?.unmount()
      for (const made of [points, programs]) made.remove()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

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
