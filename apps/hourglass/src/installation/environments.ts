import { availableParallelism } from 'node:os'
import type { SpeakerName } from '@hourglass/events/topology'
import { publicKeyOf, type SigningKey } from '@hourglass/kit/auth/token'
import type { Secrets } from '../folder/secrets'
import { originsOf } from '../origins'
import type { DatabaseUrls } from '../postgres/databases'
import { backgroundPool, type PooledService, planPools } from './pools'

export const serviceNames = ['students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

/** What is the same for a whole installation, and from which each service gets what concerns it. */
export type Installation = {
  databases: Omit<DatabaseUrls, 'quizzes'>
  mongodbUrl: string
  redisUrl: string
  rabbitmqUrlOf: (name: SpeakerName) => string
  secrets: Secrets
  serviceKeys: Record<ServiceName, SigningKey>
  /** `http://exams:3000`; replicas after commas. */
  addressOf: (service: ServiceName) => string
  /** How many processes of a service share its connections. */
  replicasOf: (service: ServiceName) => number
  /** Processors that PostgreSQL has: this machine's, unless it runs elsewhere. */
  databaseProcessors?: number
  publicUrl: string
  uiFolder: string
  firstAdmin: { email: string; password: string } | null
  mail: { SMTP_URL: string; MAIL_FROM: string } | null
  logLevel: string
}

/** The variables of every service: what each reads in its `config.ts`, apart from where it listens. */
export function createEnvironments(installation: Installation): Record<ServiceName, Record<string, string>> {
  const { secrets, serviceKeys, databases, rabbitmqUrlOf, redisUrl, firstAdmin, ...rest } = installation
  const addresses = Object.fromEntries(serviceNames.map((name) => [`${name.toUpperCase()}_URL`, rest.addressOf(name)]))
  const publicKeys = serviceNames.map((service) => ({ service, ...publicKeyOf(serviceKeys[service]) }))
  const commonOf = (service: ServiceName) => ({
    ...addresses,
    LOG_LEVEL: rest.logLevel,
    ACCESS_PUBLIC_KEYS: JSON.stringify([publicKeyOf(secrets.accessKey)]),
    SERVICE_KEY_ID: serviceKeys[service].kid,
    SERVICE_PRIVATE_KEY: serviceKeys[service].privateKey,
    SERVICE_PUBLIC_KEYS: JSON.stringify(publicKeys),
  })
  const pools = planPools(rest.databaseProcessors ?? availableParallelism(), rest.replicasOf)
  const databaseOf = (service: PooledService) => ({
    DATABASE_URL: databases[service],
    DATABASE_POOL: String(pools[service]),
    RABBITMQ_URL: rabbitmqUrlOf(service),
  })
  return {
    students: {
      ...commonOf('students'),
      ...databaseOf('students'),
      ACCESS_KEY_ID: secrets.accessKey.kid,
      ACCESS_PRIVATE_KEY: secrets.accessKey.privateKey,
      REFRESH_SECRET: secrets.refreshSecret,
      ORIGINS: originsOf(rest.publicUrl).join(','),
      ...(firstAdmin && { FIRST_ADMIN_EMAIL: firstAdmin.email, FIRST_ADMIN_PASSWORD: firstAdmin.password }),
    },
    quizzes: { ...commonOf('quizzes'), MONGODB_URL: rest.mongodbUrl, RABBITMQ_URL: rabbitmqUrlOf('quizzes') },
    exams: {
      ...commonOf('exams'),
      ...databaseOf('exams'),
      DATABASE_BACKGROUND_POOL: String(backgroundPool),
      REDIS_URL: redisUrl,
      SEAT_KEY_ID: secrets.seatKey.kid,
      SEAT_PRIVATE_KEY: secrets.seatKey.privateKey,
      RECEIPT_KEY: secrets.receiptKey,
    },
    grading: { ...commonOf('grading'), ...databaseOf('grading') },
    notifier: { ...commonOf('notifier'), ...databaseOf('notifier'), PUBLIC_URL: rest.publicUrl, ...rest.mail },
    gateway: {
      ...commonOf('gateway'),
      REDIS_URL: redisUrl,
      PUBLIC_URL: rest.publicUrl,
      UI_FOLDER: rest.uiFolder,
      SEAT_PUBLIC_KEYS: JSON.stringify([publicKeyOf(secrets.seatKey)]),
      BUN_CONFIG_MAX_HTTP_REQUESTS: '6000',
    },
  }
}
