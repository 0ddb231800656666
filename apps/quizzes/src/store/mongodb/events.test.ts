import { afterAll, beforeAll, expect, test } from 'bun:test'
import { versionOf } from '../contract-examples'
import { createMongodbUnderTest, type MongodbUnderTest } from './mongodb-under-test'

let under: MongodbUnderTest
beforeAll(async () => {
  under = await createMongodbUnderTest()
})
afterAll(() => under.close())

test('what a replica that died had in hand goes out when its lease has run out, and what it says later undoes nothing', async () => {
  const { db, store } = under
  const { version, ...stored } = versionOf(Bun.randomUUIDv7(), 1)
  await store.insertVersion({ version, ...stored })
  const { promise: answer, resolve } = Promise.withResolvers<boolean>()
  const { promise: isInHand, resolve: takeInHand } = Promise.withResolvers<void>()
  const dead = store.events.relay(1, () => {
    takeInHand()
    return answer
  })
  await isInHand
  expect(await store.events.relay(1, async () => true)).toBe(0)
  const find = () => db.collection<{ _id: string; event: Record<string, Date | null> }>('versions').findOne({})
  const leasedMs = Number((await find())?.event.leasedUntil) - Date.now()
  expect(leasedMs).toBeGreaterThan(20_000)
  expect(leasedMs).toBeLessThanOrEqual(30_000)

  await db.collection('versions').updateOne({}, { $set: { 'event.leasedUntil': new Date(Date.now() - 1) } })
  const { promise: secondAnswer, resolve: resolveSecond } = Promise.withResolvers<boolean>()
  const { promise: isInSecondHand, resolve: takeInSecondHand } = Promise.withResolvers<void>()
  const second = store.events.relay(1, () => {
    takeInSecondHand()
    return secondAnswer
  })
  await isInSecondHand
  // The first comes back to life and gives back what is no longer its own.
  resolve(false)
  expect(await dead).toBe(0)
  expect(await store.events.relay(1, async () => true)).toBe(0)
  resolveSecond(true)
  expect(await second).toBe(1)
  expect((await find())?.event).toMatchObject({ publishedAt: expect.any(Date), leasedUntil: null })
})
