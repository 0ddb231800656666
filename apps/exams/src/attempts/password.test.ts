import { expect, test } from 'bun:test'
import type { Cache } from '@hourglass/kit/cache'
import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { createPasswordGate, hashPassword } from './password'

const fail = () => Promise.reject(new Error('connection refused'))
const away: Cache = { ...createMemoryCache(), increment: fail, get: fail, set: fail, publish: fail }
const hash = await hashPassword('the right one')

test.each([
  ['there', createMemoryCache()],
  ['away', away],
] as const)('guesses at an exam’s password are bounded for each student while the cache is %s', async (_, cache) => {
  const gate = createPasswordGate(cache)
  const guess = (who: string, password: string) =>
    gate.assertOpens(who, password, [hash]).then(
      () => 'open',
      ({ status }) => status,
    )
  const outcomes: unknown[] = []
  for (let turn = 0; turn < 12; turn++) outcomes.push(await guess('ada', `wrong ${turn}`))
  expect(outcomes).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429])
  expect(await guess('bob', 'the right one')).toBe('open')
})
