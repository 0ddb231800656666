import { addCheck, type Tally } from './tally'

export type TestServers = { environment: Record<string, string>; stop: () => Promise<void> }

/**
 * Starts, once for all runners, the real servers that tests use: PostgreSQL, then Redis, RabbitMQ and MongoDB's protocol. What
 * is not on the machine is installed or built. `null` without a PostgreSQL, on which nearly every test stands.
 */
export async function startServers(tally: Tally): Promise<TestServers | null> {
  // Only now: their packages have just been installed.
  const { startTestServer } = await import('../../packages/testing/src/postgres')
  const postgres = await attempt(tally, 'a PostgreSQL for the tests', startTestServer)
  if (!postgres) return null
  process.env.HOURGLASS_TEST_POSTGRES_URL = postgres.url
  const servers = await import('../../packages/testing/src/servers')
  const redis = await attempt(tally, 'a Redis for the tests', servers.startTestRedis)
  const rabbitmq = await attempt(tally, 'a RabbitMQ for the tests', servers.startTestRabbitmq)
  const mongodb = await attempt(tally, 'a server of MongoDB’s protocol for the tests', servers.startTestMongodb)
  // Built here, where nobody counts the minutes; the tests start them themselves.
  const { checkers, installPrograms, observers } = await import('../../packages/servers/src/install/observability')
  await attempt(tally, 'Prometheus, Loki, Tempo and what belongs to them', () =>
    installPrograms({ ...observers, ...checkers }),
  )
  return {
    environment: {
      HOURGLASS_TEST_POSTGRES_URL: postgres.url,
      ...(redis && { HOURGLASS_TEST_REDIS_URL: redis.address }),
      ...(rabbitmq && { HOURGLASS_TEST_RABBITMQ_URL: rabbitmq.address.url }),
      ...(rabbitmq && { HOURGLASS_TEST_RABBITMQ_MANAGEMENT_URL: rabbitmq.address.managementUrl }),
      ...(mongodb && { HOURGLASS_TEST_MONGODB_URL: mongodb.address }),
    },
    stop: async () => {
      for (const server of [mongodb, rabbitmq, redis, postgres]) await server?.stop()
    },
  }
}

async function attempt<T>(tally: Tally, name: string, start: () => Promise<T>): Promise<T | null> {
  const started = await start().catch((error) => {
    console.error(error)
    return null
  })
  addCheck(tally, name, started !== null)
  return started
}
