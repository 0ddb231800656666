import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setUpBroker } from '@hourglass/events/set-up-broker'
import { ConfigError, readConfig } from '@hourglass/kit/config'
import { readSecrets } from '../folder/secrets'
import { createEnvironments } from '../installation/environments'
import { brokerPasswords, passwordFor } from '../installation/passwords'
import { readServiceKeys } from '../installation/service-keys'
import { createDatabases } from '../postgres/databases'
import { createMonitoringRole } from '../postgres/monitoring-role'
import { Config } from './config'
import { createMongodbUser } from './mongodb-user'
import { patiently } from './patiently'

/**
 * What is done once before the services start, and again at each installation of a new version: databases and their roles, the
 * broker's users and queues, keys and passwords, and a file of configuration for each service that only it gets to see. With the
 * argument `check` it only says what is wrong with the environment.
 */
async function setUp(config: Config): Promise<void> {
  const secretsFolder = join(config.CONFIG_FOLDER, 'set-up')
  mkdirSync(secretsFolder, { recursive: true, mode: 0o700 })
  const secrets = readSecrets(secretsFolder)
  const secret = secrets.databasePassword
  const databases = await patiently('PostgreSQL', config.POSTGRES_ADMIN_URL, () =>
    createDatabases(config.POSTGRES_ADMIN_URL, secret, ['students', 'exams', 'grading', 'notifier']),
  )
  const monitoring = new URL(await createMonitoringRole(config.POSTGRES_ADMIN_URL, secret))
  const passwords = brokerPasswords(secret)
  await patiently('RabbitMQ', config.RABBITMQ_MANAGEMENT_URL, () =>
    setUpBroker(config.RABBITMQ_MANAGEMENT_URL, 'hourglass', passwords),
  )
  const { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: password, SMTP_URL, MAIL_FROM } = config
  const broker = new URL(config.RABBITMQ_URL)
  const environments = createEnvironments({
    ...{ databases, secrets, redisUrl: config.REDIS_URL, mongodbUrl: await mongodbUrlOf(config, secret) },
    rabbitmqUrlOf: (name) => `${broker.protocol}//${name}:${passwords[name]}@${broker.host}/hourglass`,
    serviceKeys: readServiceKeys(secretsFolder),
    addressOf: (service) => `http://${service}:3000`,
    replicasOf: () => 1,
    databaseProcessors: config.POSTGRES_PROCESSORS,
    publicUrl: config.PUBLIC_URL,
    uiFolder: '/app/ui',
    firstAdmin: { email, password },
    mail: SMTP_URL ? { SMTP_URL, MAIL_FROM } : null,
    logLevel: config.LOG_LEVEL,
  })
  for (const [service, environment] of Object.entries(environments)) {
    keep(join(config.CONFIG_FOLDER, service), 'config.json', JSON.stringify(environment, null, 2))
  }
  keep(join(config.CONFIG_FOLDER, 'postgres-exporter'), 'password', monitoring.password)
  console.log('Databases, broker and configuration are set up.')
}

/** In one piece, whenever somebody reads it, and for its owner alone. */
function keep(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, name)
  writeFileSync(`${file}.new`, text, { mode: 0o400 })
  renameSync(`${file}.new`, file)
}

const mongodbUrlOf = async ({ MONGODB_URL, MONGODB_ADMIN_URL }: Config, secret: string): Promise<string> =>
  MONGODB_URL ??
  patiently('MongoDB', MONGODB_ADMIN_URL, () => createMongodbUser(MONGODB_ADMIN_URL, passwordFor(secret, 'mongodb')))

try {
  const config = readConfig(Config, process.env)
  if (process.argv[2] === 'check') console.log('The environment is complete.')
  else await setUp(config)
  process.exit(0)
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
