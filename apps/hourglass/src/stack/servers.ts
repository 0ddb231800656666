import { join } from 'node:path'
import { setUpBroker } from '@hourglass/events/set-up-broker'
import type { SpeakerName } from '@hourglass/events/topology'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import type { Secrets } from '../folder/secrets'
import { brokerPasswords, passwordFor } from '../installation/passwords'
import { createDatabases, type DatabaseUrls } from '../postgres/databases'
import { keepPostgresRunning } from '../postgres/keep-running'

/** Addresses of the servers that the services stand on. */
export type StackServers = {
  databases: Omit<DatabaseUrls, 'quizzes'>
  redisUrl: string
  mongodbUrl: string
  rabbitmqUrlOf: (name: SpeakerName) => string
  stop: () => Promise<void>
}

/** Starts PostgreSQL, Redis, RabbitMQ and MongoDB's protocol on free ports of this machine, with all their data in one folder. */
export async function startServers(
  folder: string,
  { databasePassword }: Secrets,
  onLaunch: (name: string, pid: number) => void,
): Promise<StackServers> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    // The slow one begins first.
    const broker = startRabbitmq(join(folder, 'rabbitmq'), {
      password: passwordFor(databasePassword, 'rabbitmq admin'),
    })
    broker
      .then((server) => {
        stops.push(server.stop)
        onLaunch('rabbitmq', server.pid)
        onLaunch('epmd', server.epmdPid)
      })
      .catch(() => {})
    const postgres = await keepPostgresRunning(folder, databasePassword)
    stops.push(postgres.stop)
    const adminUrl = `postgres://postgres:${databasePassword}@127.0.0.1:${postgres.port}/postgres`
    const databases = await createDatabases(adminUrl, databasePassword, [
      ...(['students', 'exams', 'grading', 'notifier'] as const),
    ])
    const redis = await startRedis(join(folder, 'redis'))
    stops.push(redis.stop)
    onLaunch('redis', redis.pid)
    const mongodb = await startMongodb(join(folder, 'mongodb'))
    stops.push(mongodb.stop)
    onLaunch('mongodb', mongodb.pid)
    const rabbitmq = await broker
    const passwords = brokerPasswords(databasePassword)
    await setUpBroker(rabbitmq.managementUrl, 'hourglass', passwords)
    return {
      databases,
      redisUrl: redis.url,
      mongodbUrl: mongodb.url,
      rabbitmqUrlOf: (name) => `amqp://${name}:${passwords[name]}@127.0.0.1:${rabbitmq.port}/hourglass`,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
