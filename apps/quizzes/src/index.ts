import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createJobs } from './jobs'
import { connectMongodb } from './store/mongodb/connect'
import { createMongoStore } from './store/mongodb/mongo-store'

await runService({ name: 'quizzes', config: Config }, async ({ config, service, bus }) => {
  const { db, close } = connectMongodb({
    ...{ url: config.MONGODB_URL, poolSize: config.MONGODB_POOL },
    instruments: service,
  })
  const store = createMongoStore(db)
  // Without its MongoDB the program starts all the same, and is ready once the indexes are made.
  let isIndexed = false
  const makeIndexes = {
    name: 'make indexes',
    everyMs: 1_000,
    run: async () => {
      if (isIndexed) return
      await store.createIndexes()
      isIndexed = true
    },
  }
  const deps = { service, bus, store }
  return {
    app: createApp(deps),
    jobs: [makeIndexes, ...createJobs(deps)],
    isReady: async () => isIndexed && (await db.command({ ping: 1 })).ok === 1,
    connections: [{ name: 'database', stop: close }],
  }
})
