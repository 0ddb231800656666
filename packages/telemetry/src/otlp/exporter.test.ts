import { afterEach, describe, expect, test } from 'bun:test'
import { SpanKind } from '@opentelemetry/api'
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import { createTestTracer } from '../test-sink'
import type { Span } from '../trace/span'
import { toLink } from '../trace/tracer'
import { attributesOf, encodeSpans } from './encode-spans'
import { createSpanExporter } from './exporter'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

function someSpans(count = 1): Span[] {
  const { tracer, spans } = createTestTracer({ ratio: 1 })
  for (let index = 0; index < count; index++) tracer.startRoot({ name: 'GET /a', kind: SpanKind.SERVER }).end()
  return spans
}

const never = () => {
  throw new Error('there is no span')
}

/** Answers each request by the next of the statuses, the last one for ever. */
function startCollector(statuses: readonly number[], delayMs = 0) {
  const bodies: Uint8Array[] = []
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      expect(new URL(request.url).pathname).toBe('/v1/traces')
      expect(request.headers.get('content-type')).toBe('application/x-protobuf')
      bodies.push(await request.bytes())
      await Bun.sleep(delayMs)
      return new Response(null, { status: statuses[Math.min(bodies.length, statuses.length) - 1] ?? 200 })
    },
  })
  cleanUps.push(() => server.stop(true))
  return { bodies, endpoint: `http://127.0.0.1:${server.port}` }
}

function startExporter(endpoint: string, options: Partial<Parameters<typeof createSpanExporter>[0]> = {}) {
  const exporter = createSpanExporter({ endpoint, everyMs: 10, retryMs: [10, 10], ...options })
  cleanUps.push(() => exporter.stop(50))
  return exporter
}

test('spans are written as OpenTelemetry’s own serializer writes them', () => {
  const { tracer, spans } = createTestTracer({ ratio: 1 })
  const outer = tracer.startServer(
    'GET /é',
    new Headers({
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'vendor=1',
    }),
  )
  outer.setAttributes({ text: 'ü'.repeat(90), yes: true, no: false, many: 300, below: -7, part: 0.5, list: ['a', 'b'] })
  const inner = outer.startChild('insert', SpanKind.CLIENT)
  inner.addEvent('retried', { times: 2 }).addLink(toLink(outer.place)).fail(new RangeError('secret')).end()
  outer.end()
  const clockMs = 1_790_000_000_000
  const time = (ms: number): [number, number] => {
    const micros = BigInt(Math.round((clockMs + ms) * 1_000))
    return [Number(micros / 1_000_000n), Number(micros % 1_000_000n) * 1_000]
  }
  const [resource, instrumentationScope] = [
    { attributes: attributesOf(spans[0]?.resource ?? never()) },
    { name: 'hourglass' },
  ]
  const theirs = spans.map((span) => ({
    name: span.name,
    kind: span.kind,
    spanContext: () => ({
      traceId: span.trace.traceId,
      spanId: span.spanId,
      traceFlags: 1,
      traceState: span.place.traceState ? { serialize: () => span.place.traceState } : undefined,
    }),
    parentSpanContext: { traceId: span.trace.traceId, spanId: span.parentSpanId, isRemote: span.isRoot },
    startTime: time(span.startedAt),
    endTime: time(span.endedAt ?? 0),
    status: span.status,
    attributes: span.attributes ?? {},
    links: span.links ?? [],
    events: (span.events ?? []).map(({ name, atMs, attributes }) => ({ name, time: time(atMs), attributes })),
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }))
  // Their spans have methods too, which their serializer does not call.
  const expected = ProtobufTraceSerializer.serializeRequest(theirs as never)
  expect(Buffer.from(encodeSpans(spans, clockMs)).toHex()).toBe(Buffer.from(expected ?? []).toHex())
})

describe('the exporter', () => {
  test('sends what was kept, in batches, in the background', async () => {
    const { bodies, endpoint } = startCollector([200])
    const exporter = startExporter(endpoint, { batchSize: 10, everyMs: 60_000 })
    exporter.take(someSpans(25))
    await exporter.stop()
    expect(exporter.exported()).toBe(25)
    expect(bodies).toHaveLength(3)
    expect(Buffer.from(bodies[0] ?? []).toString('latin1')).toContain('service.instance.id')
  })

  test('tries again when the far side is busy', async () => {
    const { bodies, endpoint } = startCollector([503, 429, 200])
    const exporter = startExporter(endpoint, { everyMs: 60_000 })
    exporter.take(someSpans(512))
    while (exporter.exported() === 0) await Bun.sleep(5)
    expect(bodies).toHaveLength(3)
    expect(exporter.dropped().size).toBe(0)
  })

  test('drops and counts what is refused, and what nobody takes after three tries', async () => {
    const refusing = startExporter(startCollector([400]).endpoint)
    refusing.take(someSpans(3))
    const away = startExporter('http://127.0.0.1:9')
    away.take(someSpans(4))
    while (!refusing.dropped().size || !away.dropped().size) await Bun.sleep(5)
    expect(refusing.dropped().get('refused')).toBe(3)
    expect(away.dropped().get('export_failed')).toBe(4)
  })

  test('never holds up who gives it spans, and keeps no more than it may, while nobody answers', async () => {
    const { endpoint } = startCollector([200], 10_000)
    const exporter = startExporter(endpoint, { maxWaiting: 100, batchSize: 50 })
    const spans = someSpans(1_000)
    const begun = performance.now()
    for (const span of spans) exporter.take([span])
    expect(performance.now() - begun).toBeLessThan(100)
    expect(exporter.waiting()).toBeLessThanOrEqual(100)
    expect(exporter.dropped().get('queue_full')).toBeGreaterThanOrEqual(850)
  })

  test('a stop ends in time although nobody answers, and says what was lost', async () => {
    const { endpoint } = startCollector([200], 10_000)
    const exporter = startExporter(endpoint, { everyMs: 60_000 })
    exporter.take(someSpans(7))
    const begun = performance.now()
    await exporter.stop(100)
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect([...exporter.dropped().values()].reduce((sum, each) => sum + each, 0)).toBe(7)
    exporter.take(someSpans(2))
    expect(exporter.dropped().get('stopped')).toBeGreaterThanOrEqual(2)
  })
})
