import { rmSync } from 'node:fs'
import { startMongodb } from '@hourglass/servers/mongodb'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { startRedis } from '@hourglass/servers/redis'
import { endWithThisProcess } from '@hourglass/servers/watcher'
import { temporaryFolder } from './folder'

/** Real servers for tests, each by its address. */
export type TestServers = { redis: string; mongodb: string; rabbitmq: { url: string; managementUrl: string } }
type Stopping<T> = { address: T; stop: () => Promise<void> }

/** One Redis for this process: the one that `HOURGLASS_TEST_REDIS_URL` names, else one of its own that ends with the process. */
export const sharedRedis = once(async () => process.env.HOURGLASS_TEST_REDIS_URL ?? (await startTestRedis()).address)

/** The same for MongoDB's protocol: `HOURGLASS_TEST_MONGODB_URL`. Each test takes a database of its own. */
export const sharedMongodb = once(
  async () => process.env.HOURGLASS_TEST_MONGODB_URL ?? (await startTestMongodb()).address,
)

/** The same for RabbitMQ: `HOURGLASS_TEST_RABBITMQ_URL` and `…_MANAGEMENT_URL`, both an administrator's. Each test takes a virtual host of its own. */
export const sharedRabbitmq = once(async () => {
  const { HOURGLASS_TEST_RABBITMQ_URL: url, HOURGLASS_TEST_RABBITMQ_MANAGEMENT_URL: managementUrl } = process.env
  return url && managementUrl ? { url, managementUrl } : (await startTestRabbitmq()).address
})

export async function startTestRedis(): Promise<Stopping<TestServers['redis']>> {
  const folder = temporaryFolder()
  const server = await startRedis(folder)
  return { address: server.url, stop: stopper(server, folder) }
}

export async function startTestMongodb(): Promise<Stopping<TestServers['mongodb']>> {
  const folder = temporaryFolder()
  const server = await startMongodb(folder)
  return { address: server.url, stop: stopper(server, folder) }
}

export async function startTestRabbitmq(): Promise<Stopping<TestServers['rabbitmq']>> {
  const folder = temporaryFolder()
  const server = await startRabbitmq(folder, { password: 'test' })
  return { address: { url: server.url, managementUrl: server.managementUrl }, stop: stopper(server, folder) }
}

/** Those that a runner shares are stopped by nobody: their folder, too, goes with the process. */
function stopper(server: { pid: number; stop: () => Promise<void> }, folder: string): () => Promise<void> {
  endWithThisProcess(server.pid, { folder })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    return made
  }
}
