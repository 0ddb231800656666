import { afterAll, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { testService } from '@hourglass/testing/service'
import { sql } from 'drizzle-orm'
import { cursors, effects, inbox, outbox, parked } from '../fixtures/schema'
import { type Consumer, createReceiver, retryDue } from './consume'
import type { Envelope } from './contracts'

const { db, close } = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const deps = testService([])
const events = { outbox, inbox, parked, cursors }
afterAll(close)
beforeEach(async () => {
  for (const table of [inbox, parked, effects]) await db.delete(table)
})

const envelope = (): Envelope => {
  const [id, personId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  const data = { personId, revision: 1, role: 'student', name: 'Ada', email: 'ada@example.org', isActive: true }
  return { id, name: 'person.changed', version: 1, occurredAt: new Date().toISOString(), data }
}

/** Loses its connection to PostgreSQL in the middle of its effect, the first `outages` times. */
function createUnlucky(outages: number): Consumer {
  let left = outages
  return {
    name: 'unlucky',
    handlers: {
      'person.changed':
        ({ data: { personId } }) =>
        async (tx) => {
          await tx.insert(effects).values({ personId, times: 1 })
          if (left-- > 0) await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
        },
    },
  }
}

const retry = async (consumer: Consumer) => {
  await db.update(parked).set({ nextAttemptAt: sql`clock_timestamp()` })
  return retryDue(db, events, consumer, deps)
}

test('an event is not given up, nor made to wait long, since PostgreSQL ended again and again while it was taken', async () => {
  const consumer = createUnlucky(9)
  await createReceiver(db, events, consumer, deps).receive(envelope())
  for (let time = 0; time < 8; time++) {
    const [row] = await db.select().from(parked)
    expect(row?.failures).toBe(0)
    expect((row?.nextAttemptAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThan(2_000)
    await retry(consumer)
  }
  expect(await db.$count(effects)).toBe(0)
  await retry(consumer)
  expect([await db.$count(effects), await db.$count(parked)]).toEqual([1, 0])
}, 20_000)

test('what the database has not done in an hour is counted like any other failure', async () => {
  const consumer = createUnlucky(Number.POSITIVE_INFINITY)
  await createReceiver(db, events, consumer, deps).receive(envelope())
  await db.update(parked).set({ firstFailedAt: new Date(Date.now() - 3_700_000) })
  for (let time = 0; time < 6; time++) await retry(consumer)
  expect(await db.select().from(parked)).toMatchObject([{ failures: 6, nextAttemptAt: null }])
})
