import { join } from 'node:path'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startPostgres } from '@hourglass/servers/postgres'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import type { Clock } from './clock'
import { startProxy, type TcpProxy } from './proxy'
import { createStore, type Running, type Store } from './store'

export type StoreName = 'postgres' | 'redis' | 'rabbitmq' | 'mongodb'
export const storeNames: readonly StoreName[] = ['postgres', 'redis', 'rabbitmq', 'mongodb']

export type Broker = {
  /** `http://admin:…@127.0.0.1:port` of its management, which goes by no proxy. */
  managementUrl: string
  control: (...args: string[]) => Promise<void>
}

export type Stores = {
  stores: Record<StoreName, Store>
  /** Between all services and a store. */
  proxies: Record<StoreName, TcpProxy>
  /** As it is now: another one after each start. */
  broker: () => Broker
}

/** Starts the real servers, everything of theirs in `folder`, and a proxy before each. */
export async function startStores(folder: string, databasePassword: string, clock: Clock | null): Promise<Stores> {
  let broker: Broker | null = null
  const launchBroker = async (port?: number): Promise<Running> => {
    const server = await startRabbitmq(join(folder, 'rabbitmq'), { password: 'admin', ...at(port) })
    broker = server
    return server
  }
  const [postgres, redis, rabbitmq, mongodb] = await Promise.all([
    createStore((port) =>
      startPostgres(folder, databasePassword, {
        ...at(port),
        // So that a judge need not take the program's word for when something was stored.
        settings: ['track_commit_timestamp=on'],
        ...(clock && { environment: clock.environment }),
      }),
    ),
    createStore((port) => startRedis(join(folder, 'redis'), at(port))),
    createStore(launchBroker),
    createStore((port) => startMongodb(join(folder, 'mongodb'), at(port))),
  ])
  const stores = { postgres, redis, rabbitmq, mongodb }
  const proxyOf = (name: StoreName) => startProxy(stores[name].port)
  return {
    stores,
    proxies: {
      ...{ postgres: await proxyOf('postgres'), redis: await proxyOf('redis') },
      ...{ rabbitmq: await proxyOf('rabbitmq'), mongodb: await proxyOf('mongodb') },
    },
    broker: () => {
      if (!broker) throw new Error('RabbitMQ was never started')
      return broker
    },
  }
}

const at = (port: number | undefined) => (port === undefined ? {} : { port })
