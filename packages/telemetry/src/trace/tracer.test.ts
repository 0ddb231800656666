import { afterEach, describe, expect, test } from 'bun:test'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { createTestTracer } from '../test-sink'
import { activeSpan, runDetached, runWith } from './active'
import { registerTracer, unregisterTracer } from './register'
import { readTraceContext, writeTraceparent } from './trace-context'

const root = { name: 'GET /a', kind: SpanKind.SERVER }
const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const headers = (traceparent: string) => new Headers({ traceparent })

describe('the header traceparent', () => {
  test.each([
    null,
    '',
    'nonsense',
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
  ])('"%s" begins a new trace', (header) => expect(readTraceContext(header)).toBeNull())

  test('is read and written alike; a later version may say more', () => {
    const written = `00-${traceId}-${spanId}-01`
    const read = readTraceContext(written, 'vendor=1')
    expect(read).toEqual({ traceId, spanId, isSampled: true, traceState: 'vendor=1' })
    expect(read && writeTraceparent(read)).toBe(written)
    expect(readTraceContext(`01-${traceId}-${spanId}-00-more`)).toMatchObject({ traceId, isSampled: false })
  })
})

describe('what is kept is decided at the end', () => {
  test('a quick request without its ratio leaves nothing', async () => {
    const { tracer, spans } = createTestTracer({ ratio: 0 })
    const span = tracer.startRoot(root)
    await tracer.run(span, async () => tracer.startPart('select a', SpanKind.CLIENT)?.end())
    expect(spans).toEqual([])
  })

  test('with its ratio all of it is kept, each part within the one that it was done for', async () => {
    const { tracer, spans } = createTestTracer({ ratio: 1 })
    const span = tracer.startRoot(root)
    await tracer.run(span, async () => {
      const inner = tracer.startPart('inner')
      if (inner) await tracer.run(inner, async () => tracer.startPart('innermost')?.end())
    })
    const [innermost, inner, outer] = spans
    expect(spans.map(({ name }) => name)).toEqual(['innermost', 'inner', 'GET /a'])
    expect(innermost?.parentSpanId).toBe(inner?.spanId ?? '')
    expect(inner?.parentSpanId).toBe(outer?.spanId ?? '')
    expect(outer?.parentSpanId).toBeNull()
    expect(new Set(spans.map((each) => each.trace.traceId)).size).toBe(1)
  })

  test('one that failed within is kept whole, and says by what kind of error', async () => {
    const { tracer, spans } = createTestTracer({ ratio: 0 })
    const work = tracer.run(tracer.startRoot(root), async () => {
      tracer.startPart('before')?.end()
      throw Object.assign(new TypeError('the password is hunter2'), { code: '23505' })
    })
    await expect(work).rejects.toThrow('hunter2')
    expect(spans.map(({ name }) => name)).toEqual(['before', 'GET /a'])
    expect(spans[1]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'TypeError 23505' })
    expect(JSON.stringify(spans.map(({ events }) => events))).not.toContain('hunter2')
  })

  test('a slow one is kept', async () => {
    const { tracer, spans } = createTestTracer({ ratio: 0, slowMs: 20 })
    await tracer.run(tracer.startRoot(root), () => Bun.sleep(30))
    expect(spans).toHaveLength(1)
    expect(spans[0]?.trace.keptLate).toBe('slow')
  })

  test('a marked one is kept, and whoever is called after the mark is told', () => {
    const { tracer, spans } = createTestTracer({ ratio: 0 })
    const span = tracer.startRoot(root)
    expect(span.place.isSampled).toBe(false)
    span.trace.keep('marked')
    expect(span.place.isSampled).toBe(true)
    span.end()
    expect(spans).toHaveLength(1)
  })

  test('work that goes on after the end of a kept request is kept too', () => {
    const { tracer, names } = createTestTracer({ ratio: 1 })
    const span = tracer.startRoot(root)
    const late = span.startChild('late')
    span.end()
    late.end()
    expect(names()).toEqual(['GET /a', 'late'])
  })

  test('a trace with too many spans keeps the first and counts the others', () => {
    const { tracer, spans, drops } = createTestTracer({ ratio: 1 })
    const span = tracer.startRoot(root)
    for (let index = 0; index < 1_000; index++) span.startChild('again').end()
    span.end()
    expect(spans).toHaveLength(300)
    expect(drops.get('trace_too_long')).toBe(701)
  })

  test('about one in twenty with a ratio of 0.05', () => {
    const { tracer, spans } = createTestTracer({ ratio: 0.05 })
    for (let index = 0; index < 10_000; index++) tracer.startRoot(root).end()
    expect(spans.length).toBeGreaterThan(350)
    expect(spans.length).toBeLessThan(650)
  })
})

describe('another process decides', () => {
  test('its flag is followed, in both directions', () => {
    const always = createTestTracer({ ratio: 1 })
    always.tracer.startServer('GET /a', headers(`00-${traceId}-${spanId}-00`)).end()
    expect(always.spans).toEqual([])
    const never = createTestTracer({ ratio: 0 })
    never.tracer.startServer('GET /a', headers(`00-${traceId}-${spanId}-01`)).end()
    expect(never.spans[0]?.trace.traceId).toBe(traceId)
    expect(never.spans[0]?.parentSpanId).toBe(spanId)
  })

  test('but not if it is somebody outside: the trace is joined, the ratio is ours', () => {
    const { tracer, spans } = createTestTracer({ ratio: 0 })
    const from = readTraceContext(`00-${traceId}-${spanId}-01`)
    const span = tracer.startRoot({ ...root, from, isTrusted: false })
    expect(span.trace.traceId).toBe(traceId)
    span.end()
    expect(spans).toEqual([])
  })
})

describe('work for several', () => {
  test('is kept with any of them that is, even if that is known later', () => {
    const { tracer, names } = createTestTracer({ ratio: 0 })
    const saves = [tracer.startRoot(root), tracer.startRoot(root)]
    const batch = tracer.startRoot({ name: 'batch', kind: SpanKind.INTERNAL, isShared: true })
    for (const save of saves) save.trace.share(batch.trace)
    batch.startChild('insert').end()
    batch.end()
    saves[0]?.end()
    expect(names()).toEqual([])
    saves[1]?.fail(new Error('no')).end()
    expect(names()).toEqual(['GET /a', 'insert', 'batch'])
  })

  test('is kept once', () => {
    const { tracer, names } = createTestTracer({ ratio: 1 })
    const saves = [tracer.startRoot(root), tracer.startRoot(root)]
    const batch = tracer.startRoot({ name: 'batch', kind: SpanKind.INTERNAL, isShared: true })
    for (const save of saves) save.trace.share(batch.trace)
    batch.end()
    for (const save of saves) save.end()
    expect(names()).toEqual(['GET /a', 'batch', 'GET /a'])
  })
})

test('what outlives a request is done in nobody’s name', () => {
  const { tracer } = createTestTracer()
  const span = tracer.startRoot(root)
  runWith(span, () => {
    expect(activeSpan()).toBe(span)
    runDetached(() => expect(activeSpan()).toBeNull())
  })
  expect(activeSpan()).toBeNull()
})

describe('libraries that speak OpenTelemetry', () => {
  afterEach(unregisterTracer)

  test('their spans join ours, and ours theirs', () => {
    const { tracer, spans } = createTestTracer({ ratio: 1 })
    registerTracer(tracer)
    const library = trace.getTracer('some-library')
    const outer = tracer.startRoot(root)
    runWith(outer, () => {
      library.startActiveSpan('theirs', (theirs) => {
        tracer.startPart('ours')?.end()
        theirs.setAttribute('rows', 3).end()
      })
      expect(trace.getSpan(context.active())).toBe(outer)
    })
    outer.end()
    expect(spans.map((span) => [span.name, span.parent?.name])).toEqual([
      ['ours', 'theirs'],
      ['theirs', 'GET /a'],
      ['GET /a', undefined],
    ])
  })

  test('a context of theirs with other values keeps our span', () => {
    const { tracer } = createTestTracer()
    registerTracer(tracer)
    const key = Symbol('key')
    const span = tracer.startRoot(root)
    runWith(span, () => {
      context.with(context.active().setValue(key, 7), () => {
        expect(context.active().getValue(key)).toBe(7)
        expect(activeSpan()).toBe(span)
      })
    })
  })
})
