import { expect, test } from 'bun:test'
import type { Cache } from '@hourglass/kit/cache'
import { silentLogger } from '@hourglass/kit/logger'
import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { createRateLimiter, defaultRateLimits } from './rate-limit'
import { requestClassOf } from './request-class'

const save = requestClassOf('PUT', ['attempts', '1', 'answers', '2'])
const signIn = requestClassOf('POST', ['sessions'])
const start = requestClassOf('POST', ['attempts'])
const small = {
  ...defaultRateLimits,
  save: { perAddress: 3, perAccount: 2 },
  start: { perAddress: 3, perAccount: 2 },
}
const brokenCache = (increment: Cache['increment']): Cache => ({ ...createMemoryCache(), increment })
const failing = brokenCache(async () => {
  throw new Error('connection refused')
})

test.each([
  ['saves', save],
  ['starts', start],
])('the %s of an account and of an address are each counted, and told when to come again', async (_, requestClass) => {
  const count = createRateLimiter(createMemoryCache(), silentLogger(), small)
  await count(requestClass, { address: '10.0.0.1', account: 'a' })
  await count(requestClass, { address: '10.0.0.1', account: 'a' })
  const refusal = await count(requestClass, { address: '10.0.0.2', account: 'a' }).catch((error) => error)
  expect(refusal).toMatchObject({ status: 429, kind: 'too-many-requests' })
  expect(refusal.retryAfterSeconds).toBeWithin(1, 61)
  await count(requestClass, { address: '10.0.0.1', account: 'b' })
  await expect(count(requestClass, { address: '10.0.0.1', account: 'c' })).rejects.toMatchObject({ status: 429 })
})

test('two replicas count what is no save together, by the cache', async () => {
  const cache = createMemoryCache()
  const [one, other] = [1, 2].map(() => createRateLimiter(cache, silentLogger(), small))
  await one?.(start, { address: '10.0.0.1', account: 'a' })
  await other?.(start, { address: '10.0.0.1', account: 'a' })
  await expect(one?.(start, { address: '10.0.0.1', account: 'a' })).rejects.toMatchObject({ status: 429 })
})

test('a school of 1,000 behind one address signs in and saves every 2 s within a minute', async () => {
  const count = createRateLimiter(createMemoryCache(), silentLogger())
  for (let student = 0; student < 1_000; student++) {
    await count(signIn, { address: '10.0.0.1', account: null })
    for (let turn = 0; turn < 30; turn++) await count(save, { address: '10.0.0.1', account: `p${student}` })
  }
})

test('while the cache fails, requests go on under a local count, signing in too', async () => {
  const count = createRateLimiter(failing, silentLogger(), small)
  const caller = { address: '10.0.0.1', account: 'a' }
  await count(start, caller)
  await count(start, caller)
  await expect(count(start, caller)).rejects.toMatchObject({ status: 429 })
  for (let turn = 0; turn < small['sign-in'].perAccount; turn++) await count(signIn, caller)
  await expect(count(signIn, caller)).rejects.toMatchObject({ status: 429 })
})

test('a cache that never answers holds up no save, and of the others one, for 100 ms', async () => {
  const count = createRateLimiter(
    brokenCache(() => new Promise(() => {})),
    silentLogger(),
  )
  const startedAt = performance.now()
  for (let turn = 0; turn < 50; turn++) await count(save, { address: '10.0.0.1', account: 'a' })
  expect(performance.now() - startedAt).toBeLessThan(50)
  for (let turn = 0; turn < 50; turn++) await count(start, { address: '10.0.0.1', account: 'a' })
  expect(performance.now() - startedAt).toBeLessThan(400)
})
