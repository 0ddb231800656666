import { join } from 'node:path'
import { createReceiver } from '@hourglass/events/consume'
import { createFeeds } from '@hourglass/events/feed'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from '@hourglass/kit/auth/token'
import { createRedisCache } from '@hourglass/kit/redis-cache'
import { watchCache } from '@hourglass/kit/watched-cache'
import { openDatabase, openPool } from '@hourglass/service/database'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createHttpPapers } from './papers'
import { events } from './schema'

const migrations = join(import.meta.dir, '../migrations')
const seatUse = { typ: 'seat+jwt', audience: 'exams' }

// Streams end within a second of draining; until then the endpoint leaves the load balancer.
await runService({ name: 'exams', config: Config, migrations, drainMs: 2_000 }, async (foundation) => {
  const { config, service, bus, addressOf } = foundation
  const database = await openDatabase(config, 'exams', migrations, service)
  const background = openPool(config, 'exams-background', config.DATABASE_BACKGROUND_POOL, service)
  const { db, sql } = database
  const cache = watchCache(createRedisCache({ url: config.REDIS_URL, log: service.log }), service)
  const seatKey = { kid: config.SEAT_KEY_ID, privateKey: config.SEAT_PRIVATE_KEY }
  const seat = createTokenVerifier([publicKeyOf(seatKey)], seatUse)
  const deps = {
    ...{ db, sql, bus, cache },
    background: background.db,
    service: { ...service, verifiers: { ...service.verifiers, seat } },
    feeds: createFeeds('exams', addressOf),
    papers: createHttpPapers(addressOf('quizzes')),
    signSeat: createTokenSigner(seatKey, seatUse),
    receiptKey: config.RECEIPT_KEY,
    networkGraceSeconds: config.NETWORK_GRACE_SECONDS,
  }
  return {
    app: createApp(deps),
    jobs: createJobs(deps),
    subscription: createReceiver(background.db, events, createConsumer(deps), service),
    isReady: async () => (await sql`select 1`).length === 1,
    connections: [
      { name: 'cache', stop: cache.close },
      { name: 'background', stop: background.close },
      { name: 'database', stop: database.close },
    ],
  }
})
