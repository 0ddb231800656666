import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eventually } from '@hourglass/testing/poll'
import type { Cache } from './cache'

export type CachesUnderTest = { cache: Cache; close: () => Promise<void> }

/** What every Cache promises, as long as it is there. */
export function cacheContract(name: string, create: () => Promise<CachesUnderTest>): void {
  describe(`the cache ${name}`, () => {
    let under: CachesUnderTest
    let cache: Cache
    beforeAll(async () => {
      under = await create()
      cache = under.cache
    })
    afterAll(() => under.close())
    const key = () => `key:${Bun.randomUUIDv7()}`

    test('a value comes back until its time is over or it is deleted', async () => {
      const [short, long] = [key(), key()]
      await cache.set(short, 'Zoë', 60)
      await cache.set(long, '1', 60_000)
      expect(await cache.get(short)).toBe('Zoë')
      await Bun.sleep(90)
      expect([await cache.get(short), await cache.get(long)]).toEqual([null, '1'])
      await cache.set(long, '2', 60_000)
      expect(await cache.get(long)).toBe('2')
      await cache.delete(long)
      expect(await cache.get(long)).toBeNull()
    })

    test('additions at once are all counted, and the first decides when the count ends', async () => {
      const counter = key()
      const counts = await Promise.all(Array.from({ length: 50 }, () => cache.increment(counter, 150)))
      expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
      await Bun.sleep(100)
      await cache.increment(counter, 10_000)
      await Bun.sleep(90)
      expect(await cache.increment(counter, 1_000)).toBe(1)
    })

    test('a message reaches everybody who listens on its channel, until they stop', async () => {
      const channel = key()
      const heard: string[] = []
      const stops = await Promise.all(
        ['a', 'b'].map((who) => cache.subscribe(channel, (message) => void heard.push(`${who} ${message}`))),
      )
      await cache.publish(key(), 'elsewhere')
      // A subscription may need a moment on its way: what is published before it is lost, and may be.
      await eventually(async () => {
        await cache.publish(channel, 'hello')
        expect(new Set(heard)).toEqual(new Set(['a hello', 'b hello']))
      })
      await stops[0]?.()
      heard.length = 0
      await eventually(async () => {
        await cache.publish(channel, 'again')
        expect(heard).toContain('b again')
      })
      expect(heard).not.toContain('a again')
      await stops[1]?.()
    })
  })
}
