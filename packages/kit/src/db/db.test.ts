import { afterAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { startProxy } from '@hourglass/testing/proxy'
import { sql } from 'drizzle-orm'
import { idempotencyKeys } from '../../fixtures/schema'
import { connectDatabase } from './connect'
import { runOnce } from './idempotency'
import { migrateDatabase } from './migrate'

const migrations = join(import.meta.dir, '../../fixtures/migrations')
const database = await createTestDatabase({ service: 'kit', migrations })
const { db } = database
afterAll(() => database.close())

describe('runOnce', () => {
  let effects = 0
  const create = (key: string | null, body: unknown, waitMs = 0) =>
    runOnce(db, idempotencyKeys, { scope: 'ada POST /api/things', key, body }, async () => {
      await Bun.sleep(waitMs)
      effects++
      return { thing: effects }
    })

  test('the same key and body get the first answer, and nothing happens twice', async () => {
    effects = 0
    const first = await create('one', { name: 'a' })
    expect(await create('one', { name: 'a' })).toEqual(first)
    expect(effects).toBe(1)
  })

  test('the same key with another body is refused', async () => {
    await create('two', { name: 'a' })
    await expect(create('two', { name: 'b' })).rejects.toMatchObject({ status: 422, kind: 'idempotency-key-reused' })
  })

  test('duplicates that come at the same time have one effect and one answer', async () => {
    effects = 0
    const answers = await Promise.all(Array.from({ length: 8 }, () => create('three', { name: 'a' }, 30)))
    expect(effects).toBe(1)
    expect(new Set(answers.map((answer) => answer.thing)).size).toBe(1)
  })

  test('an effect that failed may be tried again under its key', async () => {
    const call = { scope: 'ada POST /api/things', key: 'four', body: {} }
    const fail = runOnce(db, idempotencyKeys, call, async () => {
      throw new Error('no')
    })
    await expect(fail).rejects.toThrow('no')
    expect(await runOnce(db, idempotencyKeys, call, async () => ({ ok: true }))).toEqual({ ok: true })
  })

  test('a key of another person is another key', async () => {
    effects = 0
    await create('five', { name: 'a' })
    const other = { scope: 'bob POST /api/things', key: 'five', body: { name: 'b' } }
    expect(await runOnce(db, idempotencyKeys, other, async () => ({ thing: 'b' }))).toEqual({ thing: 'b' })
  })
})

test('two processes that migrate at once both succeed, and the migrations run once', async () => {
  const empty = await createTestDatabase({ service: 'empty' })
  try {
    await Promise.all([1, 2, 3].map(() => migrateDatabase(empty.url, migrations)))
    const rows = await empty.sql`select count(*)::int as applied from drizzle.__drizzle_migrations`
    expect(rows[0]?.applied).toBe(1)
  } finally {
    await empty.close()
  }
})

describe('deadlines', () => {
  test('a query on a connection that swallows packets fails in time, and the pool recovers', async () => {
    const target = new URL(database.url)
    const proxy = await startProxy(Number(target.port))
    target.port = String(proxy.port)
    const behind = connectDatabase({ url: target.href, poolSize: 2, statementTimeoutMs: 400, answerTimeoutMs: 600 })
    try {
      await behind.db.execute(sql`select 1`)
      proxy.swallow(true)
      const startedAt = performance.now()
      await expect(behind.db.execute(sql`select 1`).execute()).rejects.toThrow()
      expect(performance.now() - startedAt).toBeLessThan(2_500)
      proxy.swallow(false)
      await behind.db.execute(sql`select 1`)
    } finally {
      await behind.close()
      await proxy.close()
    }
  }, 60_000)

  test('a database that refuses connections for a while costs the pool none of its own', async () => {
    const target = new URL(database.url)
    const down = await startProxy(Number(target.port))
    const { port } = down
    await down.close()
    target.port = String(port)
    const behind = connectDatabase({ url: target.href, poolSize: 2 })
    try {
      for (let time = 0; time < 6; time++) await expect(behind.sql`select 1`.execute()).rejects.toThrow()
      const proxy = await startProxy(Number(new URL(database.url).port), port)
      const working = Array.from({ length: 4 }, () => behind.sql`select pg_sleep(0.01)`)
      await Promise.all(working)
      await proxy.close()
    } finally {
      await behind.close()
    }
  }, 60_000)

  test('whenever a connection dies, its queries end, the program goes on, and the pool recovers', async () => {
    const target = new URL(database.url)
    const proxy = await startProxy(Number(target.port))
    target.port = String(proxy.port)
    const behind = connectDatabase({ url: target.href, poolSize: 3 })
    let isOver = false
    let answered = 0
    const work = async (query: () => PromiseLike<unknown>) => {
      while (!isOver) {
        await Promise.resolve(query()).then(
          () => answered++,
          () => Bun.sleep(1),
        )
      }
    }
    const inTransaction = () =>
      behind.sql.begin(async (tx) => {
        await tx`select 1`
        await Bun.sleep(1)
        await tx`select ${'x'.repeat(2_000)}::text`
      })
    const working = [
      ...Array.from({ length: 6 }, () => work(() => behind.sql`select 1`)),
      ...Array.from({ length: 3 }, () => work(inTransaction)),
    ]
    for (let cut = 0; cut < 100; cut++) {
      await Bun.sleep(Math.random() * 20)
      proxy.cut()
    }
    await Bun.sleep(1_500)
    const before = answered
    await Bun.sleep(500)
    isOver = true
    expect(answered - before).toBeGreaterThan(20)
    await Promise.all(working)
    await behind.close()
    await proxy.close()
  }, 60_000)

  test('the server gives up a statement that takes too long', async () => {
    const impatient = connectDatabase({ url: database.url, poolSize: 1, statementTimeoutMs: 100 })
    try {
      await expect(impatient.sql`select pg_sleep(2)`.execute()).rejects.toThrow('statement timeout')
      await impatient.sql`select 1`
    } finally {
      await impatient.close()
    }
  })
})
