import { afterAll, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { service } from '@hourglass/kit/service'
import { createTestDatabase } from '@hourglass/testing/database'
import { testCaller, testService } from '@hourglass/testing/service'
import { Elysia } from 'elysia'
import { cursors, inbox, outbox, parked } from '../fixtures/schema'
import { catchUp } from './catch-up'
import { createReceiver, retryDue } from './consume'
import type { EventData } from './contracts'
import { createFeeds, eventFeed } from './feed'
import { emit, eventIdOf } from './outbox'
import { createPostgresSource } from './postgres-source'

// One database plays both sides: the outbox of students, and what exams keeps of what it hears.
const database = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const { db } = database
const events = { outbox, inbox, parked, cursors }
const services = { services: ['exams', 'notifier', 'grading'] }
const deps = testService(
  [
    { method: 'GET', path: '/internal/students-events', allow: services },
    { method: 'GET', path: '/internal/students-events/bodies', allow: services },
  ],
  { lines: [] },
  'students',
)
const { log } = deps
const app = new Elysia().use(service(deps)).use(eventFeed('students', createPostgresSource(db, events)))
const feedOf = (listener: 'exams' | 'notifier') => {
  const address = {
    url: 'http://localhost',
    fetcher: testCaller(listener)('students', async (request) => app.handle(request)),
  }
  const [feed] = createFeeds(listener, () => address)
  if (!feed) throw new Error('no feed')
  return feed
}
const heard: string[] = []
const consumer = {
  name: 'exams',
  handlers: {
    'person.changed':
      ({ data }: { data: EventData<'person.changed'> }) =>
      async () =>
        void heard.push(data.personId),
  },
}
afterAll(() => database.close())
beforeEach(async () => {
  heard.length = 0
  for (const table of [outbox, inbox, parked, cursors]) await db.delete(table)
})

const minute = 60_000
const tell = async (count: number, name: 'person.changed' | 'accommodation.changed' = 'person.changed') => {
  const ids = Array.from({ length: count }, () => Bun.randomUUIDv7())
  for (const personId of ids) {
    const person = {
      personId,
      revision: 1,
      role: 'student' as const,
      name: 'Ada',
      email: 'a@example.org',
      isActive: true,
    }
    const accommodation = { personId, revision: 1, timeFactor: '1.5' as const, extraMinutes: 0 }
    const id = eventIdOf(name, personId)
    if (name === 'person.changed') await emit(db, outbox, name, person, { id })
    else await emit(db, outbox, name, accommodation, { id })
  }
  return ids
}
const look = (listener: 'exams' | 'notifier' = 'exams', inMs = minute) =>
  catchUp(db, events, listener, feedOf(listener), log, Date.now() + inMs)

test('what the bus lost is taken a little later, once, whether it was published or not', async () => {
  const ids = await tell(3)
  const received = createReceiver(db, events, consumer, deps)
  const [first] = await createPostgresSource(db, events).get([eventIdOf('person.changed', ids[0] ?? '')])
  if (first) await received.receive(first)
  expect(await look()).toBe(2)
  expect(await look()).toBe(0)
  expect(await retryDue(db, events, consumer, deps)).toBe(2)
  expect(heard.toSorted()).toEqual(ids.toSorted())
  expect(await db.$count(parked)).toBe(0)
})

test('an event that is young may still be on its way and is left to the bus', async () => {
  await tell(1)
  expect(await look('exams', 0)).toBe(0)
  expect(await look('exams', minute)).toBe(1)
})

test('thousands are found page by page, and the next look begins where the last ended', async () => {
  const ids = await tell(1_203)
  expect(await look()).toBe(1_203)
  while ((await retryDue(db, events, consumer, deps)) > 0);
  expect(new Set(heard)).toEqual(new Set(ids))
  const asked: string[] = []
  const feed = feedOf('exams')
  const spy = {
    ...feed,
    list: (query: Parameters<typeof feed.list>[0]) => {
      asked.push(query.after.occurredAt)
      return feed.list(query)
    },
  }
  await catchUp(db, events, 'exams', spy, log, Date.now() + 10 * minute)
  expect(Date.parse(asked[0] ?? '')).toBeGreaterThan(Date.now() - 2 * minute)
}, 60_000)

test('one that commits long after its time was written is found by the overlap', async () => {
  await tell(1)
  await look()
  // As of a transaction that took its time: older than where the last look ended.
  await tell(1)
  await db.update(outbox).set({ occurredAt: new Date(Date.now() + minute - 30_000 - 20_000) })
  expect(await look('exams', 2 * minute)).toBe(1)
})

test('a listener sees what it hears and nothing else', async () => {
  await tell(1)
  await tell(2, 'accommodation.changed')
  expect(await look('exams')).toBe(3)
  expect(await look('notifier')).toBe(1)
  const ids = (await db.select().from(outbox)).map(({ id }) => id)
  expect((await feedOf('notifier').get(ids)).map(({ name }) => name)).toEqual(['person.changed'])
})

test('who cannot be reached is looked at again, and nothing is skipped meanwhile', async () => {
  await tell(1)
  const broken = { ...feedOf('exams'), get: () => Promise.reject(new Error('unreachable')) }
  await expect(catchUp(db, events, 'exams', broken, log, Date.now() + minute)).rejects.toThrow('unreachable')
  expect(await db.$count(cursors)).toBe(0)
  expect(await look()).toBe(1)
})
