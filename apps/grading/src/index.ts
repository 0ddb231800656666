import { join } from 'node:path'
import { createReceiver } from '@hourglass/events/consume'
import { createFeeds } from '@hourglass/events/feed'
import { openDatabase } from '@hourglass/service/database'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createHttpContent, createHttpSnapshots } from './content/http-ports'
import { createJobs } from './jobs'
import { events } from './schema'

const migrations = join(import.meta.dir, '../migrations')

await runService({ name: 'grading', config: Config, migrations }, async ({ config, service, bus, addressOf }) => {
  const { db, sql, close } = await openDatabase(config, 'grading', migrations, service)
  const deps = {
    ...{ service, db, bus },
    feeds: createFeeds('grading', addressOf),
    content: createHttpContent(addressOf('quizzes')),
    snapshots: createHttpSnapshots(addressOf('exams')),
  }
  return {
    app: createApp(deps),
    jobs: createJobs(deps),
    subscription: createReceiver(db, events, createConsumer(deps), service),
    isReady: async () => (await sql`select 1`).length === 1,
    connections: [{ name: 'database', stop: close }],
  }
})
