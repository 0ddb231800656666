import { join } from 'node:path'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createJobs } from './jobs'
import { createPostgresStore } from './store/postgres-store'

const about = { name: 'quizzes', config: Config, migrations: join(import.meta.dir, '../migrations') }

await runService(about, ({ service, database: { db }, bus }) => {
  const deps = { service, db, bus, store: createPostgresStore(db) }
  return { app: createApp(deps), jobs: createJobs(deps) }
})
