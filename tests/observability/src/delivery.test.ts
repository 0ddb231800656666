import { afterAll, beforeAll, expect, test } from 'bun:test'
import { appendFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { readTrace } from '@hourglass/hourglass/ask/tempo'
import { createLogger } from '@hourglass/kit/logger'
import { createProgram, type Program } from '@hourglass/support/program'
import { askExemplars, askLabels, askLoki, askPrometheus, countLoki } from './ask'
import { eventually } from './eventually'
import { type Observers, startObservers } from './observers'
import { startSaving } from './saving-class'
import { newTraceId, sendCall } from './spans'

let observers: Observers
let program: Program
let started: Promise<void>
beforeAll(async () => {
  observers = await startObservers()
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: observers.collector().otlpUrl }
  program = await createProgram({ ...endpoint, TRACE_RATIO: '1', LOG_LEVEL: 'info' }, 'single')
  symlinkSync(join(program.dataFolder, 'program.log'), join(observers.logs, 'hourglass.log'))
  program.launch()
  // Waited for by the test that uses it, while the others wait for what they wrote.
  started = program.untilReady()
  started.catch(() => {})
}, 120_000)
afterAll(async () => {
  await program?.end()
  await observers?.stop()
}, 60_000)

/** Writes a line as the services write theirs, into the file of a replica; answers it. */
function logLine(replica: string, fields: object, message: string): string {
  let line = ''
  const logger = createLogger(
    { service: replica.replace(/-\d+$/, '') },
    {
      write: (text) => {
        line = text.trim()
      },
    },
  )
  logger.warn(fields, message)
  appendFileSync(join(observers.logs, `${replica}.log`), `${line}\n`)
  return line
}

const find = (query: string, count = 1) =>
  eventually(
    () => askLoki(observers.loki().url, query),
    (lines) => lines.length >= count,
  )

test('a line of a service is found by its service and level, with its trace and replica beside it, as it was written', async () => {
  const traceId = newTraceId()
  const line = logLine('exams-2', { trace_id: traceId, span_id: '00f067aa0ba902b7', route: '/attempts/:id' }, 'slow')
  const [found] = await find(`{service="exams", level="warn"} | trace_id = "${traceId}"`)
  expect(found?.text).toBe(line)
  expect(found?.labels).toMatchObject({ trace_id: traceId, span_id: '00f067aa0ba902b7', instance: 'exams-2' })
  const byField = await find(`{service="exams"} | json route="route" | route = "/attempts/:id"`)
  expect(byField).toHaveLength(1)
})

test('lines in the formats of container engines are taken out of them', async () => {
  const folder = join(observers.logs, 'containers')
  mkdirSync(folder)
  const inner = JSON.stringify({ level: 'error', time: new Date().toISOString(), service: 'grading', msg: 'in a box' })
  const time = new Date().toISOString()
  const docker = (log: string) =>
    JSON.stringify({ log, stream: 'stderr', attrs: { 'com.docker.compose.service': 'quizzes' }, time })
  appendFileSync(join(folder, '0a1b-json.log'), `${docker(`${inner}\n`)}\n${docker('panic: no JSON at all\n')}\n`)
  appendFileSync(join(folder, 'ctr.log'), `${time} stdout F ${inner}\n`)
  expect((await find('{service="grading", level="error"}', 2)).map(({ text }) => text)).toEqual([inner, inner])
  expect((await find('{service="quizzes"} |= "panic"'))[0]?.labels).toMatchObject({ level: 'unknown' })
})

test('whatever lines say, only service and level are in the index', async () => {
  for (let number = 0; number < 50; number++) logLine('students', { personId: `p${number}`, path: `/x/${number}` }, 'x')
  await find('{service="students"}', 50)
  expect((await askLabels(observers.loki().url)).filter((name) => !name.startsWith('__')).sort()).toEqual([
    'level',
    'service',
  ])
})

test('a call is found in Tempo by its id, and as an edge of the service graph whose exemplar is its trace', async () => {
  const traceId = newTraceId()
  const route = '/attempts/:id/answers/:questionId'
  await sendCall(observers.collector().otlpUrl, { traceId, from: 'gateway', to: 'exams', route })
  const spans = await eventually(
    () => readTrace(observers.tempo().url, traceId),
    (found) => found.length === 2,
  )
  expect(spans.map(({ service, name }) => [service, name])).toEqual([
    ['gateway', `PUT ${route}`],
    ['exams', `PUT ${route}`],
  ])

  const { url } = observers.prometheus
  const [edge] = await eventually(
    () => askPrometheus(url, 'traces_service_graph_request_total{client="gateway", server="exams"}'),
    (series) => series.length > 0,
  )
  expect(edge?.value).toBeGreaterThan(0)
  const [calls] = await eventually(
    () => askPrometheus(url, `traces_spanmetrics_calls_total{service="exams", http_route="${route}"}`),
    (series) => series.length > 0,
  )
  expect(calls?.metric).toMatchObject({ span_kind: 'SPAN_KIND_SERVER' })
  // Tempo tells of a trace once, with the next point of its histogram: where that was the first of all, Prometheus may not keep it.
  const traceIds = [traceId]
  const exemplars = await eventually(
    async () => {
      const next = newTraceId()
      traceIds.push(next)
      await sendCall(observers.collector().otlpUrl, { traceId: next, from: 'gateway', to: 'exams', route })
      return askExemplars(url, `traces_spanmetrics_latency_bucket{service="exams", http_route="${route}"}`)
    },
    (all) => all.length > 0,
  )
  expect(traceIds).toContain(exemplars[0]?.traceId ?? '')
})

test('lines written while Loki is away, and while the collector is away too, all arrive, once and in order', async () => {
  const counted = '{service="notifier"} |= "counted"'
  const write = (from: number, to: number) => {
    for (let number = from; number < to; number++) logLine('notifier', { number }, 'counted')
  }
  write(0, 100)
  await find(counted, 100)
  await observers.loki().stop()
  write(100, 200)
  // It has read them, and holds them on its disk.
  await eventually(queued, (bytes) => bytes > 0)
  await observers.collector().stop()
  write(200, 300)
  await observers.startCollector()
  await observers.startLoki()
  const lines = await find(counted, 300)
  const numbers = lines.map(({ text }) => JSON.parse(text).number)
  expect(numbers).toEqual([...Array(300).keys()])
}, 90_000)

test('while Tempo is away, Loki’s disk is full and the collector is away, a class saves on; memory is bounded, no line is lost, lost spans are counted', async () => {
  await started
  const saving = await startSaving(program, 20)
  await Bun.sleep(warmMs)
  const residentBefore = residentMb(program)
  const { lokiDisk } = observers

  process.kill(observers.tempo().pid, 'SIGKILL')
  await Bun.sleep(awayMs)
  await observers.startTempo()
  expect(await sumOf('telemetry_spans_dropped_total')).toBe(0)

  // Where no disk may be mounted there is none to be filled.
  await lokiDisk?.fill()
  if (lokiDisk) await eventually(queued, (bytes) => bytes > 0)
  await Bun.sleep(awayMs)
  lokiDisk?.free()
  expect(await sumOf('telemetry_spans_dropped_total')).toBe(0)

  await observers.collector().stop()
  await eventually(
    () => sumOf('telemetry_spans_dropped_total'),
    (dropped) => dropped > 0,
  )
  expect(await sumOf('telemetry_spans_waiting')).toBeLessThanOrEqual(mostSpansWaiting)
  await Bun.sleep(1_000)
  const grownMb = residentMb(program) - residentBefore
  await observers.startCollector()
  await saving.stop()

  expect(saving.failures).toEqual([])
  expect(grownMb).toBeLessThan(mostGrownMb)
  const saves = 'sum(count_over_time({service="gateway"} |= "\\"action\\":\\"save\\"" [15m]))'
  const lines = await eventually(
    () => countLoki(observers.loki().url, saves),
    (count) => count >= saving.saved(),
  )
  expect(lines).toBe(saving.saved())
}, 120_000)

const warmMs = 1_500
const awayMs = 2_500
/** What an exporter keeps. */
const mostSpansWaiting = 8_192
/** It grows by some 15 MB; a class that leaves 8 KB behind with each span needed 80 MB when it was tried. */
const mostGrownMb = 48

const residentMb = ({ pid }: Program): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

/** All series of a metric of the program together. */
async function sumOf(metric: string): Promise<number> {
  const text = await (await fetch(`${program.metricsUrl}/metrics`)).text()
  const samples = text.split('\n').filter((line) => new RegExp(`^${metric}[ {]`).test(line))
  return samples.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Bytes that wait in the collector's queue for Loki. */
async function queued(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${observers.collector().metricsPort}/metrics`)).text()
  const line = text.split('\n').find((each) => /^otelcol_exporter_queue_size\{.*loki/.test(each))
  return Number(line?.split(' ').at(-1) ?? 0)
}
