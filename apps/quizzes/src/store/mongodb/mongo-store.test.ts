import { sharedMongodb } from '@hourglass/testing/servers'
import { quizStoreContract } from '../quiz-store-contract'
import { connectMongodb } from './connect'
import { createMongoStore } from './mongo-store'

quizStoreContract('MongoDB', async () => {
  const url = new URL(await sharedMongodb())
  url.pathname = `/test_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const { db, close } = connectMongodb({ url: url.toString() })
  const store = createMongoStore(db)
  // Twice: every replica does it at every start.
  for (let start = 0; start < 2; start++) await store.createIndexes()
  return {
    store,
    close: async () => {
      await db.dropDatabase()
      await close()
    },
  }
})
