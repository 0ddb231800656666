import { afterAll, describe, expect, test } from 'bun:test'
import { activeSpan } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { createTestDatabase } from '@hourglass/testing/database'
import { SpanKind } from '@opentelemetry/api'
import { sql as statement } from 'drizzle-orm'
import { Elysia } from 'elysia'
import { connectDatabase } from './db/connect'
import { errors } from './errors-plugin'
import { silentInstruments } from './instruments'
import { type RunningJob, startJob } from './jobs'
import { createLogger } from './logger'
import { renderMetrics } from './metrics'
import { keepHeader, observe } from './observe'
import { createTracedFetch } from './traced-fetch'

const server = await createTestDatabase({ service: 'traces' })
await server.sql`create table secrets (id int primary key, word text)`
afterAll(() => server.close())

const stopping: (() => unknown)[] = []
afterAll(async () => {
  for (const stop of stopping) await stop()
})

function createWorld(options: Parameters<typeof createTestTracer>[0] = {}) {
  const kept = createTestTracer(options)
  const lines: string[] = []
  const log = createLogger({ service: 'test', level: 'debug' }, { write: (line) => void lines.push(line) })
  const instruments = { ...silentInstruments(), log, tracer: kept.tracer }
  const database = connectDatabase({ url: server.url, poolSize: 2, applicationName: 'test', instruments })
  stopping.push(database.close)
  const app = new Elysia()
    .use(errors(log))
    .use(observe(instruments))
    .get('/api/things/:id', async ({ params }) => {
      await database.sql`insert into secrets values (${Number(params.id)}, ${'CANARY'}) on conflict do nothing`
      return database.sql.begin(async (tx) => (await tx`select count(*)::int as n from secrets`)[0]?.n)
    })
    .get('/api/drizzle', () => database.db.execute(statement`select word from secrets where word = ${'CANARY'}`))
    .get('/api/broken', async () => database.sql`select CANARY from nowhere`)
    .get('/api/logs', () => {
      log.info('in the middle')
      return activeSpan()?.spanId
    })
    .get('/health/live', () => 'ok')
  const get = (path: string, headers: Record<string, string> = {}) =>
    app.handle(new Request(`http://localhost${path}`, { headers }))
  return { ...kept, lines, instruments, database, app, get }
}

const shapeOf = (spans: readonly Span[]) => spans.map(({ name, parent }) => [name, parent?.name ?? null])

describe('a request', () => {
  test('is a span by its route template, with its statements by their words and never a value', async () => {
    const { get, spans } = createWorld({ ratio: 1 })
    await get('/api/things/7')
    expect(shapeOf(spans)).toEqual([
      ['INSERT secrets', 'GET /api/things/:id'],
      ['SELECT secrets', 'TRANSACTION'],
      ['TRANSACTION', 'GET /api/things/:id'],
      ['GET /api/things/:id', null],
    ])
    const root = spans.at(-1)
    expect(root?.kind).toBe(SpanKind.SERVER)
    expect(root?.attributes).toMatchObject({ 'http.route': '/api/things/:id', 'http.response.status_code': 200 })
    expect(JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events]))).not.toContain(
      'CANARY',
    )
  })

  test('through drizzle its statements are spans too', async () => {
    const { get, names } = createWorld({ ratio: 1 })
    await get('/api/drizzle')
    expect(names()).toEqual(['SELECT secrets', 'GET /api/drizzle'])
  })

  test('that fails is kept although its ratio is 0, and tells its caller to keep its part', async () => {
    const { get, spans } = createWorld({ ratio: 0 })
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'
    const response = await get('/api/broken', { traceparent })
    expect(response.headers.get(keepHeader)).toBe('error')
    expect(shapeOf(spans)).toEqual([
      ['SELECT nowhere', 'GET /api/broken'],
      ['GET /api/broken', null],
    ])
    expect(spans[0]?.status.message).toContain('42P01')
    expect(JSON.stringify(spans.map(({ status, events }) => [status, events]))).not.toContain('CANARY')
  })

  test('that goes well and quick leaves nothing, nor does a probe', async () => {
    const quiet = createWorld({ ratio: 0 })
    const response = await quiet.get('/api/things/8')
    expect(response.headers.has(keepHeader)).toBe(false)
    expect(quiet.spans).toEqual([])
    const all = createWorld({ ratio: 1 })
    await all.get('/health/live')
    expect(all.spans).toEqual([])
  })

  test('its log lines name its trace and the span in which they were written', async () => {
    const { get, lines, spans } = createWorld({ ratio: 1 })
    const spanId = await (await get('/api/logs')).text()
    const [middle, end] = lines.map((line) => JSON.parse(line))
    expect(middle).toMatchObject({ trace_id: spans[0]?.trace.traceId, span_id: spanId, msg: 'in the middle' })
    expect(end).toMatchObject({ trace_id: spans[0]?.trace.traceId, route: '/api/logs', status: 200, msg: 'request' })
  })

  test('the histogram of its route has its trace as an exemplar', async () => {
    const { get, instruments, spans } = createWorld({ ratio: 1 })
    await get('/api/logs')
    const [metric] = instruments.metrics.registry
      .metrics()
      .filter(({ name }) => name === 'http_request_duration_seconds')
    const exemplars = [...(metric?.samples() ?? [])].flatMap(({ exemplar }) => exemplar?.traceId ?? [])
    expect(exemplars).toEqual([spans[0]?.trace.traceId ?? ''])
  })

  test('many at once stay apart', async () => {
    const { get, spans } = createWorld({ ratio: 1 })
    await Promise.all(Array.from({ length: 40 }, (_, index) => get(`/api/things/${index}`)))
    const byTrace = Map.groupBy(spans, (span) => span.trace)
    expect(byTrace.size).toBe(40)
    for (const own of byTrace.values()) expect(own).toHaveLength(4)
  })
})

test('a call of another service is one trace on both sides, over HTTP', async () => {
  const [caller, callee] = [createWorld({ ratio: 1, service: 'a' }), createWorld({ ratio: 0, service: 'b' })]
  const listening = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: (request) => callee.app.handle(request) })
  stopping.push(() => listening.stop(true))
  const call = createTracedFetch(caller.tracer, 'b', fetch)
  const root = caller.tracer.startRoot({ name: 'GET /outer', kind: SpanKind.SERVER })
  await caller.tracer.run(root, () => call(new Request(`http://127.0.0.1:${listening.port}/api/logs`)))
  expect(shapeOf(caller.spans)).toEqual([
    ['GET b', 'GET /outer'],
    ['GET /outer', null],
  ])
  expect(callee.names()).toEqual(['GET /api/logs'])
  expect(callee.spans[0]?.trace.traceId).toBe(root.trace.traceId)
  expect(callee.spans[0]?.parentSpanId).toBe(caller.spans[0]?.spanId ?? '')
})

test('when the other side keeps its part for a reason, the caller keeps its own', async () => {
  const [caller, callee] = [createWorld({ ratio: 0 }), createWorld({ ratio: 0, slowMs: 0 })]
  const listening = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: (request) => callee.app.handle(request) })
  stopping.push(() => listening.stop(true))
  const call = createTracedFetch(caller.tracer, 'b', fetch)
  const root = caller.tracer.startRoot({ name: 'GET /outer', kind: SpanKind.SERVER })
  await caller.tracer.run(root, () => call(new Request(`http://127.0.0.1:${listening.port}/api/logs`)))
  expect(caller.names()).toEqual(['GET b', 'GET /outer'])
})

describe('a job', () => {
  const runOnce = async (world: ReturnType<typeof createWorld>, run: () => Promise<unknown>) => {
    let job: RunningJob | null = null
    await new Promise<void>((resolve) => {
      job = startJob(
        {
          name: 'some job',
          everyMs: 60_000,
          run: () => {
            queueMicrotask(resolve)
            return run()
          },
        },
        world.instruments,
      )
    })
    await (job as RunningJob | null)?.stop()
  }

  test('leaves a span with its statements when it did something', async () => {
    const world = createWorld({ ratio: 1 })
    await runOnce(world, async () => (await world.database.sql`select * from secrets limit 1`).length)
    expect(shapeOf(world.spans)).toEqual([
      ['SELECT secrets', 'job some job'],
      ['job some job', null],
    ])
  })

  test('leaves none when there was nothing to do', async () => {
    const world = createWorld({ ratio: 1 })
    for (const nothing of [0, [], undefined]) await runOnce(world, async () => nothing)
    expect(world.spans).toEqual([])
  })

  test('that fails is kept, and its log line names its trace', async () => {
    const world = createWorld({ ratio: 0 })
    await runOnce(world, () => Promise.reject(new Error('no')))
    expect(world.names()).toEqual(['job some job'])
    expect(JSON.parse(world.lines[0] ?? '{}')).toMatchObject({
      msg: 'job failed',
      trace_id: world.spans[0]?.trace.traceId,
    })
    expect(renderMetrics(world.instruments.metrics.registry)).toContain(
      'job_turns_total{task="some job",outcome="failed",service="silent"} 1',
    )
  })
})

test('a pool says how many connections are in use and how many wait for one', async () => {
  const { database, instruments } = createWorld()
  const gaugesOf = () => {
    const text = renderMetrics(instruments.metrics.registry)
    return ['size', 'in_use', 'waiting'].map((name) =>
      Number(new RegExp(`^database_pool_${name}\\{.*\\} (\\d+)$`, 'm').exec(text)?.[1]),
    )
  }
  expect(gaugesOf()).toEqual([2, 0, 0])
  const { promise: release, resolve } = Promise.withResolvers<void>()
  const hold = () =>
    database.sql.begin(async (tx) => {
      await tx`select 1`
      await release
    })
  const held = [hold(), hold(), hold()]
  while (gaugesOf()[1] !== 2) await Bun.sleep(5)
  const waiting = database.sql`select 2`.then((rows) => rows.length)
  await Bun.sleep(20)
  expect(gaugesOf()).toEqual([2, 2, 2])
  resolve()
  await Promise.all([...held, waiting])
  expect(gaugesOf()).toEqual([2, 0, 0])
})
