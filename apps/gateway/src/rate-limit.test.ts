import { expect, test } from 'bun:test'
import { type Cache, createMemoryCache } from '@hourglass/kit/cache'
import { silentLogger } from '@hourglass/kit/logger'
import { createRateLimiter, defaultRateLimits } from './rate-limit'
import { requestClassOf } from './request-class'

const save = requestClassOf('PUT', ['attempts', '1', 'answers', '2'])
const signIn = requestClassOf('POST', ['sessions'])
const small = { ...defaultRateLimits, save: { perAddress: 3, perAccount: 2 } }
const brokenCache = (increment: Cache['increment']): Cache => ({ ...createMemoryCache(), increment })
const failing = brokenCache(async () => {
  throw new Error('connection refused')
})

test('an account and an address are each counted, and told when to come again', async () => {
  const count = createRateLimiter(createMemoryCache(), silentLogger(), small)
  await count(save, { address: '10.0.0.1', account: 'a' })
  await count(save, { address: '10.0.0.1', account: 'a' })
  const refusal = await count(save, { address: '10.0.0.2', account: 'a' }).catch((error) => error)
  expect(refusal).toMatchObject({ status: 429, kind: 'too-many-requests' })
  expect(refusal.retryAfterSeconds).toBeWithin(1, 61)
  await count(save, { address: '10.0.0.1', account: 'b' })
  await expect(count(save, { address: '10.0.0.1', account: 'c' })).rejects.toMatchObject({ status: 429 })
})

test('a school of 1,000 behind one address signs in and saves every 2 s within a minute', async () => {
  const count = createRateLimiter(createMemoryCache(), silentLogger())
  for (let student = 0; student < 1_000; student++) {
    await count(signIn, { address: '10.0.0.1', account: null })
    for (let turn = 0; turn < 30; turn++) await count(save, { address: '10.0.0.1', account: `p${student}` })
  }
})

test('while the cache fails, saves go on under a local count and signing in waits', async () => {
  const count = createRateLimiter(failing, silentLogger(), small)
  const caller = { address: '10.0.0.1', account: 'a' }
  await count(save, caller)
  await count(save, caller)
  await expect(count(save, caller)).rejects.toMatchObject({ status: 429 })
  await expect(count(signIn, caller)).rejects.toMatchObject({ status: 503, retryAfterSeconds: 5 })
})

test('a cache that never answers holds up one save for 100 ms and no further one', async () => {
  const count = createRateLimiter(
    brokenCache(() => new Promise(() => {})),
    silentLogger(),
  )
  const startedAt = performance.now()
  for (let turn = 0; turn < 50; turn++) await count(save, { address: '10.0.0.1', account: 'a' })
  expect(performance.now() - startedAt).toBeLessThan(400)
})
