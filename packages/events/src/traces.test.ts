import { afterAll, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { renderMetrics } from '@hourglass/kit/metrics'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { createTestDatabase } from '@hourglass/testing/database'
import { testService } from '@hourglass/testing/service'
import { cursors, inbox, outbox, parked } from '../fixtures/schema'
import { type Consumer, createReceiver, retryDue } from './consume'
import { createEmbeddedBus } from './embedded-bus'
import { measureOutboxJob, measureParkedJob } from './measure-jobs'
import { emit } from './outbox'
import { createPostgresSource } from './postgres-source'
import { relayBatch } from './relay'

const database = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const { db } = database
const events = { outbox, inbox, parked, cursors }
const source = createPostgresSource(db, events)
afterAll(() => database.close())
beforeEach(async () => {
  for (const table of [outbox, inbox, parked]) await db.delete(table)
})

const person = {
  personId: Bun.randomUUIDv7(),
  revision: 1,
  role: 'student' as const,
  name: 'Ada',
  email: 'ada@example.org',
  isActive: true,
}

function createWorld(options: { ratio: number; fails?: number }) {
  const teller = createTestTracer({ ratio: options.ratio, service: 'students' })
  const hearer = createTestTracer({ ratio: 0, service: 'exams' })
  const instruments = { ...testService([]), tracer: hearer.tracer }
  let fails = options.fails ?? 0
  const consumer: Consumer = {
    name: 'exams',
    handlers: {
      'person.changed': () => {
        if (fails-- > 0) throw new Error('not now')
        return async () => {}
      },
    },
  }
  const tell = async () => {
    const root = teller.tracer.startRoot({ name: 'PATCH /api/people/:id', kind: 1 })
    await teller.tracer.run(root, () => emit(db, outbox, 'person.changed', person))
    return root
  }
  return { teller, hearer, instruments, consumer, tell }
}

test('an event is taken in as a trace of its own that links to where it was told, and is kept if that one is', async () => {
  const { hearer, instruments, consumer, tell } = createWorld({ ratio: 1 })
  const root = await tell()
  const bus = createEmbeddedBus()
  await bus.subscribe(createReceiver(db, events, consumer, instruments))
  expect(await relayBatch(source, bus, testService([]))).toBe(1)
  expect(hearer.names()).toEqual(['take person.changed', 'consume person.changed'])
  const [, span] = hearer.spans
  expect(span?.trace.traceId).not.toBe(root.trace.traceId)
  expect(span?.allLinks.map(({ context }) => context)).toEqual([
    { traceId: root.trace.traceId, spanId: root.spanId, traceFlags: 1 },
  ])
})

test('one whose telling was not kept leaves nothing where all goes well', async () => {
  const { hearer, instruments, consumer, tell } = createWorld({ ratio: 0 })
  await tell()
  const bus = createEmbeddedBus()
  await bus.subscribe(createReceiver(db, events, consumer, instruments))
  await relayBatch(source, bus, testService([]))
  expect(hearer.spans).toEqual([])
})

test('one that fails is kept, and its retry links to the same telling', async () => {
  const { hearer, instruments, consumer, tell } = createWorld({ ratio: 1, fails: 1 })
  const root = await tell()
  const bus = createEmbeddedBus()
  await bus.subscribe(createReceiver(db, events, consumer, instruments))
  await relayBatch(source, bus, testService([]))
  await db.update(parked).set({ nextAttemptAt: new Date() })
  expect(await retryDue(db, events, consumer, instruments)).toBe(1)
  const works = hearer.spans.filter(({ name }) => name === 'consume person.changed')
  expect(works.map((span) => span.allLinks[0]?.context.spanId)).toEqual([root.spanId, root.spanId])
  const text = renderMetrics(instruments.metrics.registry)
  expect(text).toContain('events_consumed_total{event="person.changed",outcome="failed",service="test"} 1\n')
  expect(text).toContain('events_consumed_total{event="person.changed",outcome="taken",service="test"} 1\n')
  expect(text).toContain('event_lag_seconds_count{event="person.changed",service="test"} 1\n')
})

test('what was told while nothing is traced has no context, and is taken in all the same', async () => {
  const { hearer, instruments, consumer } = createWorld({ ratio: 1 })
  await emit(db, outbox, 'person.changed', person)
  expect((await db.select().from(outbox))[0]?.traceparent).toBeNull()
  const bus = createEmbeddedBus()
  await bus.subscribe(createReceiver(db, events, consumer, instruments))
  expect(await relayBatch(source, bus, testService([]))).toBe(1)
  expect(hearer.spans).toEqual([])
})

test('what waits in the outbox and what could not be taken in are measured', async () => {
  const instruments = testService([])
  const occurredAt = new Date(Date.now() - 90_000)
  for (let index = 0; index < 3; index++) await emit(db, outbox, 'person.changed', person)
  await db.update(outbox).set({ occurredAt })
  const envelope = { name: 'person.changed', version: 1, occurredAt, data: {}, failures: 6, reason: 'no' }
  await db.insert(parked).values([
    { ...envelope, consumer: 'exams', eventId: Bun.randomUUIDv7(), nextAttemptAt: null },
    { ...envelope, consumer: 'exams', eventId: Bun.randomUUIDv7(), nextAttemptAt: new Date() },
    { ...envelope, consumer: 'exams', eventId: Bun.randomUUIDv7(), nextAttemptAt: new Date() },
  ])
  await measureOutboxJob(source, instruments).run()
  await measureParkedJob(db, events, instruments).run()
  const text = renderMetrics(instruments.metrics.registry)
  expect(text).toContain('outbox_events_waiting{service="test"} 3\n')
  expect(Number(/outbox_oldest_age_seconds\{.*\} (.*)/.exec(text)?.[1])).toBeWithin(89, 100)
  expect(text).toContain('inbox_events_kept{state="parked",service="test"} 1\n')
  expect(text).toContain('inbox_events_kept{state="retrying",service="test"} 2\n')
})
