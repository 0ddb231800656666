import { join } from 'node:path'
import { setUpBroker } from '@hourglass/events/set-up-broker'
import type { SpeakerName } from '@hourglass/events/topology'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import type { Secrets } from '../folder/secrets'
import { brokerPasswords, passwordFor } from '../installation/passwords'
import { keepServerRunning, type Server } from '../keep-running'
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
    const keep = async <Kind extends Server>(name: string, start: (port?: number) => Promise<Kind>) => {
      const kept = await keepServerRunning(name, async (port) => {
        const server = await start(port)
        onLaunch(name, server.pid)
        return server
      })
      stops.push(kept.stop)
      return kept
    }
    const password = passwordFor(databasePassword, 'rabbitmq admin')
    // The slow one begins first; a failure of it is seen where it is waited for.
    const broker = keep('RabbitMQ', async (port) => {
      const server = await startRabbitmq(join(folder, 'rabbitmq'), { password, ...at(port) })
      onLaunch('epmd', server.epmdPid)
      return server
    })
    broker.catch(() => {})
    const postgres = await keepPostgresRunning(folder, databasePassword)
    stops.push(postgres.stop)
    const adminUrl = `postgres://postgres:${databasePassword}@127.0.0.1:${postgres.port}/postgres`
    const databases = await createDatabases(adminUrl, databasePassword, ['students', 'exams', 'grading', 'notifier'])
    const redis = await keep('Redis', (port) => startRedis(join(folder, 'redis'), at(port)))
    const mongodb = await keep('MongoDB', (port) => startMongodb(join(folder, 'mongodb'), at(port)))
    const rabbitmq = (await broker).current()
    const passwords = brokerPasswords(databasePassword)
    await setUpBroker(rabbitmq.managementUrl, 'hourglass', passwords)
    return {
      databases,
      redisUrl: redis.current().url,
      mongodbUrl: mongodb.current().url,
      rabbitmqUrlOf: (name) => `amqp://${name}:${passwords[name]}@127.0.0.1:${rabbitmq.port}/hourglass`,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const at = (port: number | undefined) => (port === undefined ? {} : { port })
