import { afterAll, beforeEach, expect, test } from 'bun:test'
import { createTestDatabase } from '@hourglass/testing/database'
import { eq, sql } from 'drizzle-orm'
import { throttles, tries } from '../schema'
import { accountLimit, addressLimit, countTry, forgetOldThrottles } from './throttle'

const database = await createTestDatabase({
  service: 'students',
  migrations: new URL('../../migrations', import.meta.url).pathname,
  poolSize: 10,
})
afterAll(() => database.close())
const { db } = database
const [account, address] = [accountLimit('ada@school.test'), addressLimit('192.0.2.7')]
const right = async () => true
const wrong = async () => false
const never = () => new Promise<boolean>(() => {})
const failuresOf = async ({ key }: { key: string }) =>
  (await db.select().from(throttles).where(eq(throttles.key, key)))[0]?.failures ?? 0
const outcomeOf = (promise: Promise<boolean>) =>
  promise.then(
    (isRight) => (isRight ? 'right' : 'wrong'),
    ({ status }) => status,
  )

beforeEach(async () => {
  await db.delete(throttles)
  await db.delete(tries)
})

test('failures are free five times; the next ones wait, longer each time', async () => {
  for (let time = 0; time < 6; time++) expect(await outcomeOf(countTry(db, [account], wrong))).toBe('wrong')
  const refusal = await countTry(db, [account], right).catch((error) => error)
  expect(refusal).toMatchObject({ status: 429, kind: 'locked-out', retryAfterSeconds: 1 })
  await db.update(throttles).set({ blockedUntil: null })
  await countTry(db, [account], wrong)
  const next = await countTry(db, [account], right).catch((error) => error)
  expect(next.retryAfterSeconds).toBe(2)
})

test('a right password begins the account afresh and leaves the address its failures', async () => {
  await countTry(db, [address, account], wrong)
  await countTry(db, [address, account], right)
  expect([await failuresOf(account), await failuresOf(address)]).toEqual([0, 1])
})

test('guesses that come all at once gain nothing', async () => {
  const guess = async () => {
    await Bun.sleep(100)
    return false
  }
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(countTry(db, [account], guess))))
  expect(outcomes.filter((outcome) => outcome === 'wrong').length).toBeLessThanOrEqual(5)
  expect(outcomes.filter((outcome) => outcome === 429).length).toBeGreaterThanOrEqual(15)
})

test('a try that a crash cuts off is no failure, and holds nobody up for longer than a try can take', async () => {
  for (let time = 0; time < 5; time++) void countTry(db, [address, account], never)
  await Bun.sleep(300)
  expect(await outcomeOf(countTry(db, [account], right))).toBe(429)
  await db.update(tries).set({ expiresAt: sql`now()` })
  expect(await outcomeOf(countTry(db, [account], right))).toBe('right')
  expect([await failuresOf(account), await failuresOf(address)]).toEqual([0, 0])
  await forgetOldThrottles(db)
  expect(await db.$count(tries)).toBe(0)
})

test('a try that could not be made, for there was no room to make it, is no failure', async () => {
  const full = countTry(db, [account], () => Promise.reject(new Error('no slot')))
  await expect(full).rejects.toThrow('no slot')
  expect([await failuresOf(account), await db.$count(tries)]).toEqual([0, 0])
})

test('a school behind one address signs in all at once', async () => {
  const slow = async () => {
    await Bun.sleep(50)
    return true
  }
  const tried = Array.from({ length: 150 }, (_, index) => countTry(db, [address, accountLimit(`s${index}`)], slow))
  expect(await Promise.all(tried)).not.toContain(false)
})
