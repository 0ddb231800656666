import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcess } from '@hourglass/servers/process-identity'
import { type RedisServer, startRedis } from '@hourglass/servers/redis'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { eventually } from '@hourglass/testing/poll'
import { startProxy } from '@hourglass/testing/proxy'
import { sharedRedis } from '@hourglass/testing/servers'
import { SpanKind } from '@opentelemetry/api'
import { silentInstruments } from '../instruments'
import { silentLogger } from '../logger'
import { renderMetrics } from '../metrics'
import type { Cache } from './cache'
import { cacheContract } from './cache-contract'
import { createRedisCache } from './redis-cache'
import { watchCache } from './watched-cache'

const log = silentLogger()
const isThere = (cache: Cache) => eventually(() => cache.get('any'))

cacheContract('by Redis', async () => {
  const cache = createRedisCache({ url: await sharedRedis(), log })
  await isThere(cache)
  return { cache, close: () => cache.close() }
})

describe('a Redis that goes away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis(folder)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('calls fail at once and are counted, and after its return all goes on, subscriptions too', async () => {
    const { tracer, spans } = createTestTracer({ ratio: 1 })
    const instruments = { ...silentInstruments(), tracer }
    const cache = watchCache(createRedisCache({ url: server.url, log }), instruments)
    await isThere(cache)
    const heard: string[] = []
    await cache.subscribe('news', (message) => void heard.push(message))
    await endProcess(server.pid, 'SIGKILL', 5_000)
    await eventually(() => expect(cache.get('any')).rejects.toThrow())
    const startedAt = performance.now()
    for (let call = 0; call < 20; call++) await expect(cache.increment('tries', 1_000)).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(200)
    expect(renderMetrics(instruments.metrics.registry)).toMatch(/operation="increment",service="silent"} 20/)
    const root = tracer.startRoot({ name: 'GET /', kind: SpanKind.SERVER })
    await tracer.run(root, () => cache.get('a secret').catch(() => {}))
    expect(spans.map(({ name, attributes }) => [name, attributes?.['peer.service']])).toEqual([
      ['get redis', 'redis'],
      ['GET /', undefined],
    ])
    server = await startRedis(folder, { port: server.port })
    await isThere(cache)
    await eventually(async () => {
      await cache.publish('news', 'back')
      expect(heard).toContain('back')
    })
    await cache.close()
  })

  test('one that swallows everything holds up a call for its time alone, and is there again after', async () => {
    const proxy = await startProxy(server.port)
    const cache = createRedisCache({ url: `redis://127.0.0.1:${proxy.port}`, log, answerTimeoutMs: 200 })
    await isThere(cache)
    proxy.swallow(true)
    const startedAt = performance.now()
    await expect(cache.get('any')).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(500)
    proxy.swallow(false)
    await isThere(cache)
    await cache.close()
    await proxy.close()
  })

  test('a program starts without it', async () => {
    const cache = createRedisCache({ url: 'redis://127.0.0.1:1', log })
    await expect(cache.get('any')).rejects.toThrow()
    const stop = await cache.subscribe('news', () => {})
    await stop()
    await cache.close()
  })
})
