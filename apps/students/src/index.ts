import { join } from 'node:path'
import { createReceiver } from '@hourglass/events/consume'
import { createFeeds } from '@hourglass/events/feed'
import { createTokenSigner } from '@hourglass/kit/auth/token'
import { openDatabase } from '@hourglass/service/database'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createFirstAdmin } from './people/first-admin'
import { events } from './schema'

const migrations = join(import.meta.dir, '../migrations')

await runService({ name: 'students', config: Config, migrations }, async ({ config, service, bus, addressOf }) => {
  const { db, sql, close } = await openDatabase(config, 'students', migrations, service)
  const { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: password } = config
  if (email && password) await createFirstAdmin(db, { email, password, name: 'Administrator' })
  const key = { kid: config.ACCESS_KEY_ID, privateKey: config.ACCESS_PRIVATE_KEY }
  const deps = {
    ...{ service, db, bus },
    feeds: createFeeds('students', addressOf),
    signAccess: createTokenSigner(key, { typ: 'at+jwt', audience: 'hourglass-api' }),
    refreshSecret: config.REFRESH_SECRET,
    origins: config.ORIGINS,
  }
  return {
    app: createApp(deps),
    jobs: createJobs(deps),
    subscription: createReceiver(db, events, createConsumer(), service),
    isReady: async () => (await sql`select 1`).length === 1,
    connections: [{ name: 'database', stop: close }],
  }
})
