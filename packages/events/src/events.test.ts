import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Db } from '@hourglass/kit/db/connect'
import { service } from '@hourglass/kit/service'
import { createTestDatabase } from '@hourglass/testing/database'
import { testService, tokenFor } from '@hourglass/testing/service'
import { eq, sql } from 'drizzle-orm'
import { Elysia } from 'elysia'
import { cursors, effects, inbox, outbox, parked } from '../fixtures/schema'
import { type Consumer, createReceiver, retryDue } from './consume'
import type { EventData } from './contracts'
import { createEmbeddedBus } from './embedded-bus'
import { emit, eventIdOf } from './outbox'
import { parkedEvents, parkedPolicy } from './parked'
import { createPostgresSource } from './postgres-source'
import { relayBatch } from './relay'

const database = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const { db } = database
const deps = testService(parkedPolicy('sample'))
const events = { outbox, inbox, parked, cursors }
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of [outbox, inbox, parked, effects]) await db.delete(table)
})

const person = (personId: string, name = 'Ada'): EventData<'person.changed'> => ({
  personId,
  revision: 1,
  role: 'student',
  name,
  email: 'ada@example.org',
  isActive: true,
})

const countEffect = async (tx: Db, personId: string) => {
  await tx
    .insert(effects)
    .values({ personId, times: 1 })
    .onConflictDoUpdate({ target: effects.personId, set: { times: sql`${effects.times} + 1` } })
}
const consumer: Consumer = {
  name: 'counter',
  handlers: {
    'person.changed': ({ data }) => {
      if (data.name === 'poison') throw new Error('cannot take poison')
      return (tx) => countEffect(tx, data.personId)
    },
  },
}
const timesOf = async (personId: string) =>
  (await db.select().from(effects).where(eq(effects.personId, personId)))[0]?.times ?? 0
const emitPerson = (name?: string) => {
  const personId = Bun.randomUUIDv7()
  return db.transaction((tx) => emit(tx, outbox, 'person.changed', person(personId, name))).then(() => personId)
}
const busWith = async (...consumers: Consumer[]) => {
  const bus = createEmbeddedBus()
  for (const each of consumers) await bus.subscribe(createReceiver(db, events, each, deps))
  return bus
}

describe('outbox', () => {
  test('the event of a rolled-back change is never seen', async () => {
    const change = db.transaction(async (tx) => {
      await emit(tx, outbox, 'person.changed', person(Bun.randomUUIDv7()))
      throw new Error('the change failed')
    })
    await expect(change).rejects.toThrow('the change failed')
    expect(await db.$count(outbox)).toBe(0)
  })

  test('an event whose id follows from what happened is told once', async () => {
    const personId = Bun.randomUUIDv7()
    const id = eventIdOf(personId, 'changed', 1)
    for (let time = 0; time < 2; time++) await emit(db, outbox, 'person.changed', person(personId), { id })
    expect(await db.$count(outbox)).toBe(1)
    expect(eventIdOf(personId, 'changed', 2)).not.toBe(id)
  })

  test('data that breaks the contract never reach the outbox', async () => {
    await expect(emit(db, outbox, 'person.changed', { ...person('not-a-uuid') })).rejects.toThrow()
    expect(await db.$count(outbox)).toBe(0)
  })
})

describe('relay', () => {
  test('an event about an attempt is a line with its id, its end and the trace in which it was told', async () => {
    const recorded = { lines: [] as string[] }
    const [attemptId, examId, personId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()]
    const [startedAt, sealedAt] = ['2026-03-02T10:00:00.000Z', '2026-03-02T10:14:00.000Z']
    const end = { snapshotDigest: 'a'.repeat(64), startedAt, sealedAt, closesAt: null, cause: 'deadline' as const }
    await emit(db, outbox, 'attempt.sealed', { attemptId, examId, personId, number: 1, ...end })
    await emitPerson()
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    await db.update(outbox).set({ traceparent: `00-${traceId}-b7ad6b7169203331-01` })
    await relayBatch(createPostgresSource(db, events), await busWith(), testService([], recorded))
    expect(recorded.lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 'info',
        msg: 'told',
        event: 'attempt.sealed',
        attemptId,
        cause: 'deadline',
        sealedAt,
        trace_id: traceId,
      },
    ])
    expect(recorded.lines[0]).not.toContain(personId)
  })

  test('a transaction that commits late is published although later events went first', async () => {
    const bus = await busWith(consumer)
    let releaseLate: () => void = () => {}
    const late = Bun.randomUUIDv7()
    const isWritten = Promise.withResolvers<void>()
    const lateCommit = db.transaction(async (tx) => {
      await emit(tx, outbox, 'person.changed', person(late))
      isWritten.resolve()
      await new Promise<void>((resolve) => {
        releaseLate = resolve
      })
    })
    await isWritten.promise
    const early = await emitPerson()
    await relayBatch(createPostgresSource(db, events), bus, deps)
    expect(await timesOf(early)).toBe(1)
    releaseLate()
    await lateCommit
    await relayBatch(createPostgresSource(db, events), bus, deps)
    expect(await timesOf(late)).toBe(1)
  })

  test('two replicas share the work: each event is published by one of them', async () => {
    const bus = await busWith(consumer)
    const people = await Promise.all(Array.from({ length: 120 }, () => emitPerson()))
    const relayAll = async () => {
      let total = 0
      for (let turn = 0; turn < 6; turn++) total += await relayBatch(createPostgresSource(db, events), bus, deps)
      return total
    }
    const totals = await Promise.all([relayAll(), relayAll()])
    expect((totals[0] ?? 0) + (totals[1] ?? 0)).toBe(120)
    for (const personId of people) expect(await timesOf(personId)).toBe(1)
  })

  test('an event that the bus refuses waits, and its neighbours go on', async () => {
    const refused = await emitPerson('refused')
    const neighbour = await emitPerson()
    const bus = await busWith(consumer)
    const picky = {
      ...bus,
      publish: async (envelope: Parameters<typeof bus.publish>[0]) => {
        if (JSON.stringify(envelope.data).includes('refused')) throw new Error('unroutable')
        await bus.publish(envelope)
      },
    }
    expect(await relayBatch(createPostgresSource(db, events), picky, deps)).toBe(1)
    expect([await timesOf(refused), await timesOf(neighbour)]).toEqual([0, 1])
    expect(await relayBatch(createPostgresSource(db, events), bus, deps)).toBe(1)
    expect(await timesOf(refused)).toBe(1)
  })
})

describe('consumer', () => {
  test('an event that is delivered many times at once has its effect once', async () => {
    const { receive } = createReceiver(db, events, consumer, deps)
    const personId = Bun.randomUUIDv7()
    const envelope = {
      id: Bun.randomUUIDv7(),
      name: 'person.changed',
      version: 1,
      occurredAt: new Date().toISOString(),
      data: person(personId),
    }
    await Promise.all(Array.from({ length: 10 }, () => receive(envelope)))
    await receive(envelope)
    expect(await timesOf(personId)).toBe(1)
  })

  test('a poisoned event is parked with its reason after its tries, and its neighbours go on', async () => {
    const bus = await busWith(consumer)
    const poisoned = await emitPerson('poison')
    const neighbour = await emitPerson()
    await relayBatch(createPostgresSource(db, events), bus, deps)
    expect([await timesOf(poisoned), await timesOf(neighbour)]).toEqual([0, 1])
    for (let attempt = 0; attempt < 5; attempt++) {
      await db.update(parked).set({ nextAttemptAt: sql`clock_timestamp()` })
      await retryDue(db, events, consumer, deps)
    }
    const rows = await db.select().from(parked)
    expect(rows).toMatchObject([
      { consumer: 'counter', failures: 6, nextAttemptAt: null, reason: 'cannot take poison' },
    ])
    expect(await retryDue(db, events, consumer, deps)).toBe(0)
  })

  test('a parked event is visible to admins alone, and its replay has its effect once', async () => {
    const bus = await busWith(consumer)
    const personId = await emitPerson('poison')
    await relayBatch(createPostgresSource(db, events), bus, deps)
    await db.update(parked).set({ nextAttemptAt: null, failures: 6 })
    const app = new Elysia().use(service(deps)).use(parkedEvents('sample', { db, events }))
    const ask = async (method: string, path: string, role: 'admin' | 'teacher') =>
      app.handle(
        new Request(`http://localhost/api/sample-events/parked${path}`, {
          method,
          headers: { authorization: await tokenFor({ personId: Bun.randomUUIDv7(), role }) },
        }),
      )
    expect((await ask('GET', '', 'teacher')).status).toBe(403)
    const forged = Buffer.from(JSON.stringify(['no id'])).toString('base64url')
    expect((await ask('GET', `?cursor=${forged}`, 'admin')).status).toBe(400)
    const list = await (await ask('GET', '', 'admin')).json()
    expect(list).toMatchObject({
      items: [{ consumer: 'counter', name: 'person.changed', reason: 'cannot take poison' }],
    })
    expect(JSON.stringify(list)).not.toContain('ada@example.org')
    expect((await ask('POST', `/${list.items[0].id}/replay`, 'admin')).status).toBe(200)
    const mended: Consumer = {
      name: 'counter',
      handlers: {
        'person.changed':
          ({ data }) =>
          (tx) =>
            countEffect(tx, data.personId),
      },
    }
    expect(await retryDue(db, events, mended, deps)).toBe(1)
    expect(await timesOf(personId)).toBe(1)
    expect(await db.$count(parked)).toBe(0)
  })

  test('an event of a version that this program does not know is kept, not guessed at', async () => {
    const { receive } = createReceiver(db, events, consumer, deps)
    const personId = Bun.randomUUIDv7()
    await receive({
      id: Bun.randomUUIDv7(),
      name: 'person.changed',
      version: 2,
      occurredAt: new Date().toISOString(),
      data: person(personId),
    })
    expect(await timesOf(personId)).toBe(0)
    const [row] = await db.select().from(parked)
    expect(row?.reason).toContain('has version 2; this program knows 1')
  })

  test('an effect that fails halfway leaves nothing behind', async () => {
    const personId = Bun.randomUUIDv7()
    const halfway: Consumer = {
      name: 'halfway',
      handlers: {
        'person.changed': () => async (tx) => {
          await countEffect(tx, personId)
          throw new Error('second write failed')
        },
      },
    }
    const bus = await busWith(halfway)
    await emitPerson()
    await relayBatch(createPostgresSource(db, events), bus, deps)
    expect(await timesOf(personId)).toBe(0)
    expect(await db.$count(inbox)).toBe(0)
    expect(await db.$count(parked)).toBe(1)
  })
})
