import { afterAll, afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { silentLogger } from '@hourglass/kit/logger'
import type { Span } from '@hourglass/telemetry/span'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { createTestDatabase } from '@hourglass/testing/database'
import { eventually } from '@hourglass/testing/poll'
import { testService } from '@hourglass/testing/service'
import { eq } from 'drizzle-orm'
import { createTestBroker } from '../fixtures/broker'
import { cursors, inbox, outbox, parked } from '../fixtures/schema'
import type { Bus } from './bus'
import { catchUp } from './catch-up'
import { type Consumer, createReceiver, retryDue } from './consume'
import { createEmbeddedBus } from './embedded-bus'
import { emit, emitAll } from './outbox'
import { createPostgresSource } from './postgres-source'
import { createRabbitmqBus } from './rabbitmq/bus'
import { relayBatch } from './relay'

const database = await createTestDatabase({
  service: 'sample',
  migrations: join(import.meta.dir, '../fixtures/migrations'),
})
const { db } = database
const events = { outbox, inbox, parked, cursors }
const source = createPostgresSource(db, events)
afterAll(() => database.close())

const buses: [string, () => Promise<{ bus: Bus; close: () => Promise<void> }>][] = [
  [
    'embedded',
    async () => {
      const bus = createEmbeddedBus()
      return { bus, close: bus.close }
    },
  ],
  [
    'RabbitMQ',
    async () => {
      const broker = await createTestBroker()
      const bus = await createRabbitmqBus({ url: broker.url, log: silentLogger(), waitsMs: [100] })
      return { bus, close: () => bus.close().then(broker.close) }
    },
  ],
]

/** Of `SpanKind` and `SpanStatusCode` in OpenTelemetry's API. */
const [consumerKind, failedStatus] = [4, 2]

const idsOfOne = () => ({ attemptId: Bun.randomUUIDv7(), examId: Bun.randomUUIDv7(), personId: Bun.randomUUIDv7() })
const now = () => new Date().toISOString()

function createServiceOf(name: 'exams' | 'grading' | 'notifier', ratio = 0) {
  const { tracer, spans } = createTestTracer({ ratio, service: name, slowMs: 60_000 })
  return { tracer, spans, instruments: { ...testService([], { lines: [] }, name), tracer } }
}

/** Exams tells of attempts, grading takes them together and tells of each one's result, the notifier hears of those. */
function createWorld(ratio: number) {
  const [exams, grading, notifier] = [
    createServiceOf('exams', ratio),
    createServiceOf('grading'),
    createServiceOf('notifier'),
  ]
  const broken = new Set<string>()
  const groups: number[] = []
  const held = Promise.withResolvers<void>()
  const marking: Consumer = {
    name: 'grading',
    handlers: {
      'attempt.abandoned': {
        together: (told) => async (tx) => {
          groups.push(told.length)
          if (groups.length === 1) await held.promise
          if (told.some(({ data }) => broken.delete(data.attemptId))) throw new Error('not now')
          const released = told.map(({ data: { number: _, abandonedAt: releasedAt, ...place } }) => ({
            ...{ id: Bun.randomUUIDv7(), data: { ...place, examTitle: 'Clocks', releasedAt } },
          }))
          await emitAll(tx, outbox, 'result.released', released)
        },
      },
    },
  }
  const telling: Consumer = { name: 'notifier', handlers: { 'result.released': () => async () => {} } }
  const subscribe = async (bus: Bus) => {
    await bus.subscribe(createReceiver(db, events, marking, grading.instruments))
    await bus.subscribe(createReceiver(db, events, telling, notifier.instruments))
  }
  const abandon = async (place = idsOfOne()) => {
    const root = exams.tracer.startRoot({ name: 'POST /api/attempts/:id/submit', kind: 1 })
    const data = { ...place, number: 1, abandonedAt: now() }
    await exams.tracer.run(root, () => emit(db, outbox, 'attempt.abandoned', data))
    return root
  }
  const all = () => [exams, grading, notifier].flatMap(({ spans }) => spans)
  return { exams, grading, notifier, marking, broken, groups, release: held.resolve, subscribe, abandon, all }
}
type World = ReturnType<typeof createWorld>

/** From a trace's root on: each span's service and name, below what it is a part of. */
function chainOf({ all }: World, traceId: string): string[] {
  const own = all().filter(({ trace }) => trace.traceId === traceId)
  const below = (parent: string | null): Span[] =>
    own.filter(({ parentSpanId }) => parentSpanId === parent).flatMap((span) => [span, ...below(span.spanId)])
  const found = below(null)
  // None is without what it is a part of, but for hearers who are not here.
  expect(found).toHaveLength(own.length)
  return found
    .filter(({ attributes }) => !isAway(attributes))
    .map(({ resource, name }) => `${resource.service}: ${name}`)
}
const isAway = (attributes: Span['attributes']) => attributes?.['messaging.consumer.group.name'] === 'students'

const wholeChain = [
  ...['exams: POST /api/attempts/:id/submit', 'exams: tell attempt.abandoned', 'grading: take attempt.abandoned'],
  ...['grading: tell result.released', 'notifier: take result.released'],
]

describe.each(buses)('by the bus %s', (_, create) => {
  let under: Awaited<ReturnType<(typeof buses)[number][1]>>
  beforeEach(async () => {
    for (const table of [outbox, inbox, parked, cursors]) await db.delete(table)
    under = await create()
  })
  afterEach(() => under.close())
  /** Until the bus has all of them: that of RabbitMQ connects first. */
  const relay = ({ instruments }: World['exams']) =>
    eventually(async () => {
      await relayBatch(source, under.bus, instruments)
      const waiting = (await db.select().from(outbox)).filter(({ publishedAt }) => publishedAt === null)
      expect(waiting.map(({ name }) => name)).not.toContain('attempt.abandoned')
    })

  test('what an event leads to is in the trace in which it was told, from service to service', async () => {
    const world = createWorld(1)
    world.release()
    await world.subscribe(under.bus)
    const root = await world.abandon()
    await relay(world.exams)
    await eventually(async () => expect(await db.$count(outbox)).toBe(2))
    await relayBatch(source, under.bus, world.grading.instruments)
    await eventually(() => expect(chainOf(world, root.trace.traceId)).toEqual(wholeChain))
    const [marks] = world.grading.spans.filter(({ name }) => name === 'consume attempt.abandoned')
    const [take] = world.grading.spans.filter(({ name }) => name === 'take attempt.abandoned')
    expect(take?.allLinks.map(({ context }) => context.spanId)).toEqual([marks?.spanId ?? ''])
    expect([take?.kind, take?.attributes?.['hourglass.event.outcome']]).toEqual([consumerKind, 'taken'])
  })

  test('of events that are taken together each goes on in its own trace', async () => {
    const world = createWorld(1)
    await world.subscribe(under.bus)
    const roots = [await world.abandon(), await world.abandon(), await world.abandon(), await world.abandon()]
    const relaying = relay(world.exams)
    await eventually(() => expect(world.groups).toHaveLength(1))
    // The others have come by then.
    await Bun.sleep(200)
    world.release()
    await relaying
    await eventually(async () => expect(await db.$count(outbox)).toBe(8))
    await relayBatch(source, under.bus, world.grading.instruments)
    await eventually(() => {
      for (const { trace } of roots) expect(chainOf(world, trace.traceId)).toEqual(wholeChain)
    })
    // All at once, or the first alone and the others after it.
    expect(world.groups.length).toBeLessThanOrEqual(2)
    expect(world.groups.reduce((sum, size) => sum + size)).toBe(4)
  })

  test('a trace that is not kept is neither gone on with nor paid for', async () => {
    const world = createWorld(0)
    world.release()
    await world.subscribe(under.bus)
    await world.abandon()
    await relay(world.exams)
    await eventually(async () => expect(await db.$count(outbox)).toBe(2))
    await relayBatch(source, under.bus, world.grading.instruments)
    await eventually(async () => expect(await db.$count(inbox)).toBe(2))
    expect(world.all()).toEqual([])
  })

  test('each try leaves its span and what came of it, and what follows goes on from the one that took', async () => {
    const world = createWorld(1)
    world.release()
    await world.subscribe(under.bus)
    const place = idsOfOne()
    world.broken.add(place.attemptId)
    const root = await world.abandon(place)
    await relay(world.exams)
    await eventually(() => expect(triesOf(world)).toEqual(['failed', 'taken']))
    await relayBatch(source, under.bus, world.grading.instruments)
    await eventually(() => expect(chainOf(world, root.trace.traceId)).toContain('notifier: take result.released'))
    const [failed] = world.grading.spans.filter(({ name }) => name === 'take attempt.abandoned')
    expect(failed?.status.code).toBe(failedStatus)
    // As by a broker that did not hear that it was taken, and as one that gave up.
    const all = await source.get((await db.select().from(outbox)).map(({ id }) => id))
    const told = all.find(({ name }) => name === 'attempt.abandoned')
    if (!told) throw new Error('nothing was told')
    const { receive, park } = createReceiver(db, events, world.marking, world.grading.instruments)
    await receive(told)
    expect(triesOf(world)).toEqual(['failed', 'taken', 'known'])
    await park({ ...told, id: Bun.randomUUIDv7() }, 'set aside by the broker')
    expect(triesOf(world)).toContain('parked')
  })

  test('one that came by a feed before the bus had it goes on in the same trace', async () => {
    const world = createWorld(1)
    world.release()
    const root = await world.abandon()
    const { list, get } = source
    const feed = { from: 'exams', names: ['attempt.abandoned' as const], list, get }
    expect(await catchUp(db, events, 'grading', feed, silentLogger(), Date.now() + 60_000)).toBe(1)
    expect(await retryDue(db, events, world.marking, world.grading.instruments)).toBe(1)
    await world.subscribe(under.bus)
    // Both services' events are in one table here: the exam room tells its own alone.
    const isOfGrading = eq(outbox.name, 'result.released')
    await db.update(outbox).set({ publishedAt: new Date() }).where(isOfGrading)
    await relay(world.exams)
    await db.update(outbox).set({ publishedAt: null }).where(isOfGrading)
    await relayBatch(source, under.bus, world.grading.instruments)
    await eventually(() => expect(new Set(chainOf(world, root.trace.traceId))).toEqual(new Set(wholeChain)))
  })
})

const triesOf = ({ grading }: World) =>
  grading.spans
    .filter(({ name }) => name.startsWith('take '))
    .map(({ attributes }) => attributes?.['hourglass.event.outcome'])
