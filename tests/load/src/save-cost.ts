/**
 * What each part of telemetry costs a save, in processor time of one process: `bun tests/load/src/save-cost.ts [--rounds 8] > /dev/null`.
 * The gateway and the exam room in this process, on a real PostgreSQL, take saves from 32 callers; sides that differ in their
 * telemetry alone take turns of a second. Processor time is what a busy machine disturbs least. The log goes to stdout, as in
 * production; figures go to stderr, and nothing is judged.
 */
import { parseArgs } from 'node:util'
import { createApp } from '@hourglass/exams/app'
import { createGateway, type Gateway } from '@hourglass/gateway/gateway'
import { defaultRateLimits } from '@hourglass/gateway/rate-limit'
import { createLocalUpstream } from '@hourglass/gateway/upstream'
import { connectDatabase } from '@hourglass/kit/db/connect'
import type { Instruments } from '@hourglass/kit/instruments'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import { createSpanExporter } from '@hourglass/telemetry/exporter'
import { Tracer } from '@hourglass/telemetry/tracer'
import { openRoom } from '../../../apps/exams/fixtures/room'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '8' }, only: { type: 'string' } } })

type Parts = { metrics: boolean; log: boolean; ratio: number | null }
type Side = { name: string; gateway: Gateway; close: () => Promise<void>; micros: number[] }

const collector = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response(null) })
const exporter = createSpanExporter({ endpoint: `http://127.0.0.1:${collector.port}` })
const room = await openRoom()
const exam = await room.schedule({ limitSeconds: 3_600 })
const seats = await Promise.all(
  Array.from({ length: 32 }, async () => room.start(exam.examId, await room.addStudent())),
)
const sides = (
  [
    ['off', { metrics: false, log: false, ratio: null }],
    ['metrics', { metrics: true, log: false, ratio: null }],
    ['log', { metrics: false, log: true, ratio: null }],
    ['traces at 0 %', { metrics: false, log: false, ratio: 0 }],
    ['traces at 5 %', { metrics: false, log: false, ratio: 0.05 }],
    ['all, traces at 5 %', { metrics: true, log: true, ratio: 0.05 }],
  ] as const
)
  .filter(([name]) => values.only === undefined || values.only === name)
  .map(([name, parts]) => openSide(name, parts))
let sequence = 0
const warmUp = 3

for (let round = 0; round < warmUp + Number(values.rounds); round++) {
  for (const side of round % 2 ? sides.toReversed() : sides) {
    const micros = await measure(side, 1_000)
    // The first rounds warm up.
    if (round >= warmUp) side.micros.push(micros)
  }
}
const off = lowOf(sides[0]?.micros ?? [])
for (const { name, micros } of sides) {
  const own = lowOf(micros)
  say({
    side: name,
    microsASave: Math.round(own * 10) / 10,
    more: Math.round((own / off - 1) * 1_000) / 10,
    percent: true,
  })
}
say({ exported: exporter.exported(), dropped: Object.fromEntries(exporter.dropped()) })
await exporter.stop()
for (const side of sides) await side.close()
await room.close()
await collector.stop(true)
process.exit(0)

function openSide(name: string, { metrics, log, ratio }: Parts): Side {
  const instrumentsOf = (service: string): Instruments => ({
    log: createLogger({ service, level: log ? 'info' : 'silent' }),
    metrics: createMetrics(service, { isOn: metrics }),
    tracer:
      ratio === null
        ? null
        : new Tracer({ ratio, slowMs: 500, sink: exporter, resource: { service, version: 'dev', instanceId: 'one' } }),
  })
  const { service } = room.deps
  const own = instrumentsOf('exams')
  const database = connectDatabase({ url: room.url, poolSize: 4, applicationName: 'exams', instruments: own })
  const app = createApp({ ...room.deps, service: { ...service, ...own }, db: database.db, sql: database.sql })
  const gateway = createGateway({
    service: { ...service, ...instrumentsOf('gateway') },
    upstreams: { exams: createLocalUpstream(app) },
    cache: room.deps.cache,
    ui: null,
    publicUrl: 'http://localhost',
    rateLimits: { ...defaultRateLimits, save: { perAddress: 1e9, perAccount: 1e9 } },
  })
  return { name, gateway, close: database.close, micros: [] }
}

async function measure({ gateway }: Side, ms: number): Promise<number> {
  let stored = 0
  const before = process.cpuUsage()
  const endsAt = performance.now() + ms
  await Promise.all(
    seats.map(async ({ attemptId, seatToken }) => {
      while (performance.now() < endsAt) {
        const seq = ++sequence
        const body = { operationId: Bun.randomUUIDv7(), seq, response: { type: 'short-answer', text: `${seq}` } }
        const request = new Request(`http://localhost/api/attempts/${attemptId}/answers/q4`, {
          method: 'PUT',
          headers: { authorization: `Seat ${seatToken}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
        const response = await gateway.handle(request, '127.0.0.1')
        if (response.status !== 200) throw new Error(await response.text())
        stored++
      }
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return (user + system) / stored
}

/** The lower quartile: others on the machine only ever make it slower. */
function lowOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? Number.NaN
}

function say(figures: object): void {
  process.stderr.write(`${JSON.stringify(figures)}\n`)
}
