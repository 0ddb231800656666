import { sharedMongodb } from '@hourglass/testing/servers'
import type { CommandStartedEvent } from 'mongodb'
import { connectMongodb } from './connect'
import { createMongoStore } from './mongo-store'

export type MongodbUnderTest = Awaited<ReturnType<typeof createMongodbUnderTest>>

/** The store in a database of its own, which `close` drops. `onCommand` is told of all that goes to the server. */
export async function createMongodbUnderTest({ onCommand }: { onCommand?: (event: CommandStartedEvent) => void } = {}) {
  const url = new URL(await sharedMongodb())
  url.pathname = `/test_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const { db, close } = connectMongodb({ url: url.toString() })
  if (onCommand) {
    db.client.options.monitorCommands = true
    db.client.on('commandStarted', onCommand)
  }
  const store = createMongoStore(db)
  // Twice: every replica does it at every start.
  for (let start = 0; start < 2; start++) await store.createIndexes()
  const dropAndClose = async () => {
    await db.dropDatabase()
    await close()
  }
  return { db, store, close: dropAndClose }
}
