import { join } from 'node:path'
import { createTimedFetch } from '@hourglass/kit/fetch'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createHttpContent, createHttpSnapshot } from './content/http-ports'
import { createJobs } from './jobs'
import { events } from './schema'

const about = { name: 'grading', config: Config, migrations: join(import.meta.dir, '../migrations') }

await runService(about, ({ config, service, database: { db }, bus }) => {
  const fetcher = createTimedFetch(3_000)
  const content = createHttpContent(config.QUIZZES_URL, fetcher)
  const deps = { service, db, bus, content, snapshot: createHttpSnapshot(config.EXAMS_URL, fetcher) }
  return { app: createApp(deps), jobs: createJobs(deps), consumer: { consumer: createConsumer(deps), events } }
})
