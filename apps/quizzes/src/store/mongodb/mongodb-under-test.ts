import { sharedMongodb } from '@hourglass/testing/servers'
import { connectMongodb } from './connect'
import { createMongoStore } from './mongo-store'

export type MongodbUnderTest = Awaited<ReturnType<typeof createMongodbUnderTest>>

/** The store in a database of its own, which `close` drops. */
export async function createMongodbUnderTest() {
  const url = new URL(await sharedMongodb())
  url.pathname = `/test_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const { db, close } = connectMongodb({ url: url.toString() })
  const store = createMongoStore(db)
  // Twice: every replica does it at every start.
  for (let start = 0; start < 2; start++) await store.createIndexes()
  const dropAndClose = async () => {
    await db.dropDatabase()
    await close()
  }
  return { db, store, close: dropAndClose }
}
