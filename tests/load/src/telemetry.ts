/**
 * What telemetry costs: `bun tests/load/src/telemetry.ts [--rounds 6] [--seconds 6] [--connections 32] [--students 100]`. Two copies
 * of the real program, one with everything on (metrics scraped every 5 s, a log line a request, traces at 5 % to a collector)
 * and one with everything off, are loaded in turns (on, off, off, on, …), so that whatever else the machine does meets both.
 * Prints JSON and judges nothing.
 */
import { parseArgs } from 'node:util'
import type { Program } from '@hourglass/support/program'
import { type Saturation, saturate } from './closed-loop'
import { type Seat, startAll } from './room'
import { createStage, print } from './stage'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '6' },
    connections: { type: 'string', default: '32' },
    students: { type: 'string', default: '100' },
  },
})

type Side = { program: Program; seats: Seat[]; runs: Saturation[] }

const collector = startCollector()
const on = {
  LOG_LEVEL: 'info',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}`,
  TRACE_RATIO: '0.05',
}
const off = { LOG_LEVEL: 'silent', HOURGLASS_METRICS: 'off' }
const sides: Side[] = []
try {
  for (const environment of [on, off]) sides.push(await openSide(environment))
  const [withAll, without] = sides
  if (!withAll || !without) throw new Error('a side is missing')
  const scraping = setInterval(() => void fetch(`${withAll.program.metricsUrl}/metrics`).catch(() => {}), 5_000)
  // Both are warm before anything counts.
  for (const side of sides) await load(side, 4)
  for (const side of sides) side.runs.length = 0
  for (let round = 0; round < Number(values.rounds); round++) {
    const order = round % 2 === 0 ? [withAll, without] : [without, withAll]
    for (const side of order) await load(side, Number(values.seconds))
    const [a, b] = [withAll, without].map(({ runs }) => runs.at(-1))
    print('round', { on: brief(a), off: brief(b), ratio: ratioOf(a?.perSecond, b?.perSecond) })
  }
  clearInterval(scraping)
  print('all', {
    // Each round's two sides ran right after each other; medians of the sides did not.
    savesPerSecondRatio: medianOf(
      withAll.runs.map((run, round) => ratioOf(run.perSecond, without.runs[round]?.perSecond)),
    ),
    programMicrosASave: [withAll, without].map(({ runs }) => medianOf(runs.map(microsOf))),
    collector: collector.seen(),
  })
} finally {
  for (const { program } of sides) await program.end()
  collector.stop()
}

async function openSide(environment: Record<string, string>): Promise<Side> {
  const stage = await createStage({ shape: 'single', replicas: 1, students: Number(values.students), environment })
  const { seats } = await startAll(stage.students, await stage.schedule({ limitSeconds: 3_600 }), 5)
  return { program: stage.program, seats, runs: [] }
}

async function load(side: Side, seconds: number): Promise<void> {
  side.runs.push(await saturate(side.program, side.seats, Number(values.connections), seconds))
}

/** Takes whatever is sent to it. */
function startCollector() {
  let [requests, bytes] = [0, 0]
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      requests++
      bytes += (await request.arrayBuffer()).byteLength
      return new Response(null)
    },
  })
  return { port: server.port, seen: () => ({ requests, bytes }), stop: () => void server.stop(true) }
}

function brief(run: Saturation | undefined) {
  return run && { perSecond: run.perSecond, p99: run.ms.p99, programMicrosASave: microsOf(run), failed: run.failed }
}

/** Of all its processes together. */
function microsOf({ aSave: { programMicros } }: Saturation): number {
  return Object.values(programMicros).reduce((sum, micros) => sum + micros, 0)
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

function ratioOf(a = Number.NaN, b = Number.NaN): number {
  return Math.round((a / b) * 1_000) / 1_000
}
