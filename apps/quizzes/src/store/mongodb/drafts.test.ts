import { expect, test } from 'bun:test'
import { isOnlyDuplicates } from './drafts'
import { createMongodbUnderTest } from './mongodb-under-test'

test('a bulk write passes for done when all that failed was there already, and only then', async () => {
  const { db, close } = await createMongodbUnderTest()
  const things = db.collection<{ _id: unknown }>('things')
  const insert = (...ids: unknown[]) =>
    things
      .insertMany(
        ids.map((_id) => ({ _id })),
        { ordered: false },
      )
      .then(
        () => 'stored',
        (error) => isOnlyDuplicates(error),
      )
  expect(await insert('a', 'b')).toBe('stored')
  expect(await insert('a', 'c', 'b')).toBe(true)
  expect(await things.countDocuments()).toBe(3)
  // No server takes a list as an id. The first failure is a taken id all the same.
  expect(await insert('a', ['no id'], 'd')).toBe(false)
  await close()
})
