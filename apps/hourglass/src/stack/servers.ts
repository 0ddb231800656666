import { join } from 'node:path'
import { setUpBroker } from '@hourglass/events/set-up-broker'
import type { SpeakerName } from '@hourglass/events/topology'
import { findFreePort } from '@hourglass/servers/free-port'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import type { Secrets } from '../folder/secrets'
import { brokerPasswords, passwordFor } from '../installation/passwords'
import { createDatabases, type DatabaseUrls } from '../postgres/databases'
import { keepPostgresRunning } from '../postgres/keep-running'
import { createKeep } from './keep'

/** Addresses of the servers that the services stand on. */
export type StackServers = {
  databases: Omit<DatabaseUrls, 'quizzes'>
  redisUrl: string
  mongodbUrl: string
  rabbitmqUrlOf: (name: SpeakerName) => string
  /** Of PostgreSQL's administrator. */
  adminUrl: string
  /** Of those that tell their metrics themselves. */
  metricsPorts: { rabbitmq: number; mongodb: number }
  stop: () => Promise<void>
}

/** Starts PostgreSQL, Redis, RabbitMQ and MongoDB's protocol on free ports of this machine, with all their data in one folder. */
export async function startServers(
  folder: string,
  { databasePassword }: Secrets,
  onLaunch: (name: string, pid: number) => void,
): Promise<StackServers> {
  const { keep, stop: stopKept } = createKeep(onLaunch)
  let stopPostgres = async () => {}
  const stop = async () => {
    await stopKept()
    await stopPostgres()
  }
  try {
    const password = passwordFor(databasePassword, 'rabbitmq admin')
    const metricsPorts = { rabbitmq: await findFreePort(), mongodb: await findFreePort() }
    // The slow one begins first; a failure of it is seen where it is waited for.
    const broker = keep('RabbitMQ', async (port) => {
      const options = { password, metricsPort: metricsPorts.rabbitmq, ...port }
      const server = await startRabbitmq(join(folder, 'rabbitmq'), options)
      onLaunch('epmd', server.epmdPid)
      return server
    })
    broker.catch(() => {})
    const postgres = await keepPostgresRunning(folder, databasePassword)
    stopPostgres = postgres.stop
    const adminUrl = `postgres://postgres:${databasePassword}@127.0.0.1:${postgres.port}/postgres`
    const databases = await createDatabases(adminUrl, databasePassword, ['students', 'exams', 'grading', 'notifier'])
    const redis = await keep('Redis', (port) => startRedis(join(folder, 'redis'), port))
    const mongodb = await keep('MongoDB', (port) =>
      startMongodb(join(folder, 'mongodb'), { metricsPort: metricsPorts.mongodb, ...port }),
    )
    const rabbitmq = (await broker).current()
    const passwords = brokerPasswords(databasePassword)
    await setUpBroker(rabbitmq.managementUrl, 'hourglass', passwords)
    return {
      ...{ databases, adminUrl, metricsPorts, stop },
      redisUrl: redis.current().url,
      mongodbUrl: mongodb.current().url,
      rabbitmqUrlOf: (name) => `amqp://${name}:${passwords[name]}@127.0.0.1:${rabbitmq.port}/hourglass`,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
