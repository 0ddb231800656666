import { join } from 'node:path'
import { createTokenSigner } from '@hourglass/kit/auth/token'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createFirstAdmin } from './people/first-admin'
import { events } from './schema'

const about = { name: 'students', config: Config, migrations: join(import.meta.dir, '../migrations') }

await runService(about, async ({ config, service, database: { db }, bus }) => {
  const { FIRST_ADMIN_EMAIL: email, FIRST_ADMIN_PASSWORD: password } = config
  if (email && password) await createFirstAdmin(db, { email, password, name: 'Administrator' })
  const key = { kid: config.ACCESS_KEY_ID, privateKey: config.ACCESS_PRIVATE_KEY }
  const signAccess = createTokenSigner(key, { typ: 'at+jwt', audience: 'hourglass-api' })
  const deps = { service, db, bus, signAccess, refreshSecret: config.REFRESH_SECRET, origins: config.ORIGINS }
  return { app: createApp(deps), jobs: createJobs(deps), consumer: { consumer: createConsumer(), events } }
})
