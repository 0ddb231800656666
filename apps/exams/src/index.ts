import { join } from 'node:path'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from '@hourglass/kit/auth/token'
import { createTimedFetch } from '@hourglass/kit/fetch'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createHttpPapers } from './papers'
import { events } from './schema'

// Streams end within a second of draining; until then the endpoint leaves the load balancer.
const about = { name: 'exams', config: Config, migrations: join(import.meta.dir, '../migrations'), drainMs: 2_000 }
const seatUse = { typ: 'seat+jwt', audience: 'exams' }

await runService(about, ({ config, service, database: { db, sql }, bus, cache }) => {
  const seatKey = { kid: config.SEAT_KEY_ID, privateKey: config.SEAT_PRIVATE_KEY }
  const seat = createTokenVerifier([publicKeyOf(seatKey)], seatUse)
  const deps = {
    ...{ db, sql, bus, cache },
    service: { ...service, verifiers: { ...service.verifiers, seat } },
    papers: createHttpPapers(config.QUIZZES_URL, createTimedFetch(3_000)),
    signSeat: createTokenSigner(seatKey, seatUse),
    receiptKey: config.RECEIPT_KEY,
    networkGraceSeconds: config.NETWORK_GRACE_SECONDS,
  }
  return { app: createApp(deps), jobs: createJobs(deps), consumer: { consumer: createConsumer(deps), events } }
})
