import { publicKeyOf } from '@hourglass/kit/auth/token'
import { createKey } from '../create-key'
import type { Secrets } from '../folder/secrets'
import { originsOf } from '../origins'
import type { StackServers } from './servers'

export const serviceNames = ['students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

/** One process of a service, and where it listens. */
export type Replica = { service: ServiceName; name: string; port: number; metricsPort: number }

export type Surroundings = {
  servers: Omit<StackServers, 'stop'>
  secrets: Secrets
  replicas: readonly Replica[]
  publicUrl: string
  uiFolder: string
  firstAdmin: { email: string; password: string } | null
  logLevel: string
}

/** Connections of all replicas of a service together; PostgreSQL serves few at a time, and the sum is what it feels. */
const poolSizes = { students: 4, exams: 8, grading: 5, notifier: 3 }

/** The variables of every service, from which each replica gets its own. Keys live as long as the stack runs. */
export function createEnvironments({ servers, secrets, replicas, ...rest }: Surroundings) {
  const keys = new Map(serviceNames.map((name) => [name, createKey(`${name}-1`)]))
  const publicKeys = [...keys].map(([service, key]) => ({ service, ...publicKeyOf(key) }))
  const urlsOf = (service: ServiceName) =>
    replicas
      .filter((replica) => replica.service === service)
      .map(({ port }) => `http://127.0.0.1:${port}`)
      .join(',')
  const addresses = Object.fromEntries(serviceNames.map((name) => [`${name.toUpperCase()}_URL`, urlsOf(name)]))
  const accessKeys = JSON.stringify([publicKeyOf(secrets.accessKey)])
  const databaseOf = (service: keyof typeof poolSizes) => {
    const count = replicas.filter((replica) => replica.service === service).length
    const pool = Math.max(2, Math.ceil(poolSizes[service] / count))
    return { DATABASE_URL: servers.databases[service], DATABASE_POOL: String(pool) }
  }
  const own: Record<ServiceName, Record<string, string>> = {
    students: {
      ...databaseOf('students'),
      RABBITMQ_URL: servers.rabbitmqUrlOf('students'),
      ACCESS_KEY_ID: secrets.accessKey.kid,
      ACCESS_PRIVATE_KEY: secrets.accessKey.privateKey,
      REFRESH_SECRET: secrets.refreshSecret,
      ORIGINS: originsOf(rest.publicUrl).join(','),
      ...(rest.firstAdmin && {
        FIRST_ADMIN_EMAIL: rest.firstAdmin.email,
        FIRST_ADMIN_PASSWORD: rest.firstAdmin.password,
      }),
    },
    quizzes: { MONGODB_URL: servers.mongodbUrl, RABBITMQ_URL: servers.rabbitmqUrlOf('quizzes') },
    exams: {
      ...databaseOf('exams'),
      RABBITMQ_URL: servers.rabbitmqUrlOf('exams'),
      REDIS_URL: servers.redisUrl,
      SEAT_KEY_ID: secrets.seatKey.kid,
      SEAT_PRIVATE_KEY: secrets.seatKey.privateKey,
      RECEIPT_KEY: secrets.receiptKey,
    },
    grading: { ...databaseOf('grading'), RABBITMQ_URL: servers.rabbitmqUrlOf('grading') },
    notifier: {
      ...databaseOf('notifier'),
      RABBITMQ_URL: servers.rabbitmqUrlOf('notifier'),
      PUBLIC_URL: rest.publicUrl,
    },
    gateway: {
      REDIS_URL: servers.redisUrl,
      PUBLIC_URL: rest.publicUrl,
      UI_FOLDER: rest.uiFolder,
      SEAT_PUBLIC_KEYS: JSON.stringify([publicKeyOf(secrets.seatKey)]),
      BUN_CONFIG_MAX_HTTP_REQUESTS: '6000',
    },
  }
  return ({ service, port, metricsPort }: Replica): Record<string, string> => {
    const key = keys.get(service)
    if (!key) throw new Error(`there is no key for ${service}`)
    return {
      ...{ HOST: '127.0.0.1', PORT: String(port), METRICS_PORT: String(metricsPort), LOG_LEVEL: rest.logLevel },
      ...addresses,
      ACCESS_PUBLIC_KEYS: accessKeys,
      SERVICE_KEY_ID: key.kid,
      SERVICE_PRIVATE_KEY: key.privateKey,
      SERVICE_PUBLIC_KEYS: JSON.stringify(publicKeys),
      ...own[service],
    }
  }
}
