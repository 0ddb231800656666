import { afterAll, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { testService } from '@hourglass/testing/service'
import { sql } from 'drizzle-orm'
import { cursors, effects, inbox, outbox, parked } from '../fixtures/schema'
import { type Consumer, createReceiver, retryDue } from './consume'
import type { EventData } from './contracts'

const database = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const { db } = database
const deps = testService([])
const events = { outbox, inbox, parked, cursors }
afterAll(() => database.close())

const groups: number[] = []
const consumer: Consumer = {
  name: 'counter',
  handlers: {
    'person.changed': {
      together: (told) => async (tx, ids) => {
        groups.push(told.length)
        const mine = told.filter(({ id }) => ids.has(id))
        if (mine.some(({ data }) => data.name === 'poison')) throw new Error('cannot take poison')
        await tx.insert(effects).values(mine.map(({ data }) => ({ personId: data.personId, times: 1 })))
      },
    },
  },
}
beforeEach(async () => {
  groups.length = 0
  for (const table of [inbox, parked, effects]) await db.delete(table)
})

const person = (name = 'Ada'): EventData<'person.changed'> => ({
  ...{ personId: Bun.randomUUIDv7(), revision: 1, role: 'student', name, email: 'ada@example.org', isActive: true },
})
const envelope = (name?: string, id = Bun.randomUUIDv7()) => ({
  ...{ id, name: 'person.changed', version: 1, occurredAt: new Date().toISOString(), data: person(name) },
})
const receiver = () => createReceiver(db, events, consumer, deps)

test('what comes while others are taken is taken together, each once, however often it comes', async () => {
  const told = Array.from({ length: 120 }, () => envelope())
  const { receive } = receiver()
  await Promise.all([...told, ...told].map(receive))
  await Promise.all(told.map(receive))
  expect(await db.$count(effects)).toBe(120)
  expect(await db.$count(inbox)).toBe(120)
  expect(groups.length).toBeLessThan(12)
})

test('two replicas with the same events have each effect once', async () => {
  const told = Array.from({ length: 60 }, () => envelope())
  await Promise.all([receiver(), receiver()].flatMap(({ receive }) => told.map(receive)))
  expect(await db.$count(effects)).toBe(60)
})

test('one that fails is kept alone, and its neighbours have their effect', async () => {
  const told = [envelope(), envelope('poison'), envelope(), envelope()]
  const { receive } = receiver()
  await Promise.all([envelope(), ...told].map(receive))
  expect(await db.$count(effects)).toBe(4)
  expect(await db.select().from(parked)).toMatchObject([{ eventId: told[1]?.id, reason: 'cannot take poison' }])
  await db.update(parked).set({ nextAttemptAt: sql`clock_timestamp()`, data: person() })
  expect(await retryDue(db, events, consumer, deps)).toBe(1)
  expect([await db.$count(effects), await db.$count(parked)]).toEqual([5, 0])
})
