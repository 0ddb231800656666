/**
 * What a request's spans cost, without any network: `bun tests/load/src/trace-cost.ts [--requests 200000]`. One process answers a
 * request of an app that is observed like any service, with a gateway's span around it and a statement's in it, as a save has them:
 * untraced, and traced at several ratios. Prints µs of processor time a request, and judges nothing.
 */
import { parseArgs } from 'node:util'
import { endEdgeSpan, startEdgeSpan, withSpan } from '@hourglass/kit/edge-trace'
import { silentInstruments } from '@hourglass/kit/instruments'
import { observe } from '@hourglass/kit/observe'
import { createSpanExporter } from '@hourglass/telemetry/exporter'
import { type Tracer, Tracer as TracerOf } from '@hourglass/telemetry/tracer'
import { SpanKind } from '@opentelemetry/api'
import { Elysia } from 'elysia'

const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' } } })
const requests = Number(values.requests)

const collector = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response(null) })
const exporter = createSpanExporter({ endpoint: `http://127.0.0.1:${collector.port}`, maxWaiting: 100_000 })
const resource = { service: 'exams', version: 'dev', instanceId: 'one' }
const tracerAt = (ratio: number): Tracer => new TracerOf({ ratio, slowMs: 500, sink: exporter, resource })

const modes: [name: string, tracer: Tracer | null][] = [
  ['off', null],
  ['on at 0 %', tracerAt(0)],
  ['on at 5 %', tracerAt(0.05)],
  ['on at 100 %', tracerAt(1)],
]
const apps = modes.map(([name, tracer]) => ({ name, tracer, app: createApp(tracer), micros: [] as number[] }))
for (let round = 0; round < 6; round++) {
  for (const each of round % 2 ? apps.toReversed() : apps) {
    const micros = await measure(each.app, each.tracer)
    // The first round warms up.
    if (round > 0) each.micros.push(micros)
  }
}
const best = apps.map(({ micros }) => Math.min(...micros))
for (const [index, { name }] of apps.entries()) {
  const [own = 0, untraced = 0] = [best[index], best[0]]
  console.log(JSON.stringify({ tracing: name, microsARequest: round1(own), more: round1(own - untraced) }))
}
console.log(JSON.stringify({ exported: exporter.exported(), dropped: Object.fromEntries(exporter.dropped()) }))
await exporter.stop()
await collector.stop(true)

function createApp(tracer: Tracer | null) {
  return new Elysia().use(observe({ ...silentInstruments(), tracer })).put('/api/attempts/:id/answers/:q', async () => {
    tracer?.startPart('INSERT exams.answers', SpanKind.CLIENT)?.end()
    return { stored: true }
  })
}

async function measure(app: ReturnType<typeof createApp>, tracer: Tracer | null): Promise<number> {
  const before = process.cpuUsage()
  for (let count = 0; count < requests; count++) {
    const request = new Request('http://localhost/api/attempts/1/answers/q1', { method: 'PUT' })
    const span = startEdgeSpan(tracer, request)
    const { status } = await withSpan(span, async () => app.handle(request))
    if (span) endEdgeSpan(span, { method: 'PUT', route: '/api/attempts', status, requestId: 'r' })
  }
  // What waits to be sent belongs to the price.
  while (exporter.waiting() > 0) await Bun.sleep(20)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / requests
}

function round1(value: number): number {
  return Math.round(value * 10) / 10
}
