import { afterEach, describe, expect, test } from 'bun:test'
import { renderMetrics } from '@hourglass/kit/metrics'
import type { PageReport, PageSpan } from '@hourglass/kit/page-report'
import { policyTable } from '@hourglass/policy'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { testService } from '@hourglass/testing/service'
import { startGateway } from '../test-gateway'

const nothing: PageReport = {
  ...{ loads: [], vitals: [], shifts: [], failedSaves: [], keptSeconds: [], spans: [], dropped: 0 },
}
type Gateway = ReturnType<typeof startGateway>
let gateway: Gateway
afterEach(() => gateway.stop())

const send = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/api/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
/** It is counted by the minutes of the clock. */
const untilMinuteLasts = async (ms: number) => {
  const leftMs = 60_000 - (Date.now() % 60_000)
  if (leftMs < ms) await Bun.sleep(leftMs)
}
const linesOf = (name: string) =>
  renderMetrics(gateway.deps.service.metrics.registry)
    .split('\n')
    .filter((line) => line.startsWith(name))

describe('what pages report', () => {
  test('is counted by route, and answered with nothing', async () => {
    gateway = startGateway({})
    const response = await send({
      ...nothing,
      loads: [{ route: '/exams/:examId', arrival: 'navigate', seconds: 1.2 }],
      vitals: [{ route: '/', vital: 'LCP', seconds: 2 }],
      shifts: [{ route: '/', score: 0.2 }],
      failedSaves: [{ reason: 'offline', count: 3 }],
      keptSeconds: [4, 8],
      dropped: 2,
    })
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(linesOf('browser_claimed_page_load_seconds_sum')).toEqual([
      'browser_claimed_page_load_seconds_sum{route="/exams/:examId",arrival="navigate",service="test"} 1.2',
    ])
    expect(linesOf('browser_claimed_web_vital_seconds_sum')[0]).toEndWith('{vital="LCP",route="/",service="test"} 2')
    expect(linesOf('browser_claimed_layout_shift_score_sum')[0]).toEndWith('{route="/",service="test"} 0.2')
    expect(linesOf('browser_claimed_save_failures_total')[0]).toEndWith('{reason="offline",service="test"} 3')
    expect(linesOf('browser_claimed_kept_seconds_sum')[0]).toEndWith(' 12')
    expect(linesOf('browser_claimed_drops_total')[0]).toEndWith(' 2')
  })

  test('in 10,000 routes is one series more, and no label is refused', async () => {
    gateway = startGateway({})
    for (let turn = 0; turn < 250; turn++) {
      const shifts = Array.from({ length: 40 }, (_, n) => ({ route: `/made-up/${turn}-${n}`, score: 0 }))
      expect((await send({ ...nothing, shifts })).status).toBe(204)
    }
    expect(linesOf('browser_claimed_layout_shift_score_count')).toEqual([
      'browser_claimed_layout_shift_score_count{route="other",service="test"} 10000',
    ])
    expect(linesOf('telemetry_labels_refused_total')).toEqual([])
  })

  test('is cut where it is absurd', async () => {
    gateway = startGateway({})
    const response = await send({
      ...nothing,
      vitals: [{ route: '/', vital: 'LCP', seconds: 1e300 }],
      keptSeconds: [1e300],
      failedSaves: [{ reason: 'server', count: 9_007_199_254_740_991 }],
    })
    expect(response.status).toBe(204)
    expect(linesOf('browser_claimed_web_vital_seconds_sum')[0]).toEndWith(' 120')
    expect(linesOf('browser_claimed_kept_seconds_sum')[0]).toEndWith(' 86400')
    expect(linesOf('browser_claimed_save_failures_total')[0]).toEndWith(' 1000')
  })

  const vital = { route: '/', vital: 'LCP', seconds: 1 }
  test.each<[string, unknown, number]>([
    ['no JSON', '{', 400],
    ['nothing', '', 422],
    ['a list', [], 422],
    ['a field too few', { ...nothing, spans: undefined }, 422],
    ['a field too many', { ...nothing, person: 'Ada' }, 422],
    ['a field too many within', { ...nothing, vitals: [{ ...vital, userAgent: 'x' }] }, 422],
    ['a vital that is none', { ...nothing, vitals: [{ ...vital, vital: 'X' }] }, 422],
    ['text for a number', { ...nothing, keptSeconds: ['1'] }, 422],
    ['NaN, which JSON writes as null', { ...nothing, keptSeconds: [Number.NaN] }, 422],
    ['a negative time', { ...nothing, keptSeconds: [-1] }, 422],
    ['infinity', JSON.stringify({ ...nothing, keptSeconds: [0] }).replace('[0]', '[1e999]'), 422],
    ['part of a failure', { ...nothing, failedSaves: [{ reason: 'offline', count: 0.5 }] }, 422],
    ['41 of something', { ...nothing, keptSeconds: Array(41).fill(1) }, 422],
    ['a route of a kilobyte', { ...nothing, vitals: [{ ...vital, route: 'r'.repeat(1_000) }] }, 422],
    ['a prototype', JSON.stringify(nothing).replace('{', '{"__proto__":{"isAdmin":true},'), 422],
    ['50 kB', { ...nothing, filling: 'x'.repeat(50_000) }, 413],
  ])('is refused and counts nothing when it is %s', async (_, body, status) => {
    gateway = startGateway({})
    const response = await send(body)
    expect(response.status).toBe(status)
    expect(linesOf('browser_claimed_').filter((line) => !/ 0$/.test(line))).toEqual([])
  })

  test('is not taken from a form of another site, which no browser asks about first', async () => {
    gateway = startGateway({})
    const response = await send(JSON.stringify(nothing), { 'content-type': 'text/plain' })
    expect(response.status).toBe(422)
  })

  test('is counted as a request of its own route', async () => {
    gateway = startGateway({})
    await send({ ...nothing, keptSeconds: [1] })
    expect(linesOf('http_requests_total')).toEqual([
      'http_requests_total{method="POST",route="/api/telemetry",status="204",service="test"} 1',
    ])
  })

  test('is refused from one address after so many within a minute, and from all', async () => {
    const mostReports = { perAddress: 20, all: 35 }
    gateway = startGateway({
      ...{ trustedProxies: ['127.0.0.1/32'], pageTelemetry: { isOn: true, tracer: null, mostReports } },
    })
    await untilMinuteLasts(2_000)
    const from = async (address: string, times: number) => {
      const headers = { 'x-forwarded-for': address }
      const answers = await Promise.all(Array.from({ length: times }, () => send(nothing, headers)))
      return Object.fromEntries(
        [...Map.groupBy(answers, ({ status }) => status)].map(([key, all]) => [key, all.length]),
      )
    }
    expect(await from('10.0.0.1', 25)).toEqual({ 204: 20, 429: 5 })
    expect(await from('10.0.0.2', 10)).toEqual({ 204: 10 })
    expect(await from('10.0.0.3', 10)).toEqual({ 204: 5, 429: 5 })
  })

  test('is answered like an address that does not exist where the operator has switched it off', async () => {
    gateway = startGateway({ pageTelemetry: { isOn: false, tracer: null } })
    const response = await send({ ...nothing, keptSeconds: [1] })
    expect(response.status).toBe(404)
    expect(linesOf('browser_claimed_kept_seconds_count')[0]).toEndWith(' 0')
  })
})

const hex = (digits: number) => crypto.getRandomValues(new Uint8Array(digits / 2)).toHex()
const spanOf = (given: Partial<PageSpan> = {}): PageSpan => ({
  ...{ traceId: hex(32), spanId: hex(16), parentSpanId: null, route: '/attempts/:attemptId' },
  ...{ call: { method: 'PUT', noun: 'attempts', status: 200 }, agoMs: 900, durationMs: 300 },
  ...given,
})
const failed = { method: 'PUT', noun: 'attempts', status: 0 }

describe('spans of pages', () => {
  function start(ratio = 0) {
    const { tracer, spans } = createTestTracer({ service: 'web' })
    const edge = createTestTracer({ service: 'gateway', ratio })
    const service = { ...testService(policyTable), tracer: edge.tracer }
    const given = startGateway({ service, pageTelemetry: { isOn: true, tracer } })
    return { spans, given }
  }
  const outcomes = () =>
    linesOf('browser_claimed_spans_total').map((line) => /outcome="(\w+)".* (\d+)/.exec(line)?.slice(1))

  test('of requests that went well are forgotten, those of a save that failed are kept with their ids and times', async () => {
    const { spans, given } = start()
    gateway = given
    const [well, badly] = [spanOf(), spanOf({ call: failed, parentSpanId: hex(16) })]
    await send({ ...nothing, spans: [well, badly] })
    const [span] = spans
    expect(spans).toHaveLength(1)
    expect(span).toMatchObject({ name: 'PUT /api/attempts', spanId: badly.spanId, parentSpanId: badly.parentSpanId })
    expect(span?.trace.traceId).toBe(badly.traceId)
    expect(span?.resource.service).toBe('web')
    expect((span?.endedAt ?? 0) - (span?.startedAt ?? 0)).toBeCloseTo(300, 3)
    expect(performance.now() - (span?.startedAt ?? 0)).toBeGreaterThan(899)
    expect(outcomes()).toEqual([
      ['forgotten', '1'],
      ['kept', '1'],
    ])
  })

  test('of a slow page are kept with what it asked for', async () => {
    const { spans, given } = start()
    gateway = given
    const page = spanOf({ call: null, agoMs: 6_000, durationMs: 5_000 })
    await send({ ...nothing, spans: [page, spanOf({ traceId: page.traceId, parentSpanId: page.spanId })] })
    expect(spans.map(({ name }) => name)).toEqual(['page /attempts/:attemptId', 'PUT /api/attempts'])
    expect(spans[0]?.parentSpanId).toBeNull()
  })

  test('join the traces that the gateway keeps by its own rules', async () => {
    const { spans, given } = start(1)
    gateway = given
    const span = spanOf({ call: { method: 'GET', noun: 'nothing', status: 404 } })
    await fetch(`${gateway.url}/api/nothing`, { headers: { traceparent: `00-${span.traceId}-${span.spanId}-00` } })
    await send({ ...nothing, spans: [span] })
    expect(spans.map(({ name, trace }) => [name, trace.traceId])).toEqual([['GET /api/other', span.traceId]])
  })

  test('are kept of 60 traces a minute at the most, whatever pages claim, and none lasts longer than it can', async () => {
    const { spans, given } = start()
    gateway = given
    await untilMinuteLasts(2_000)
    for (let turn = 0; turn < 5; turn++) {
      const lies = Array.from({ length: 40 }, () => spanOf({ call: failed, agoMs: 1e15, durationMs: 1e15 }))
      expect((await send({ ...nothing, spans: lies })).status).toBe(204)
    }
    expect(spans).toHaveLength(60)
    expect(outcomes()).toEqual([
      ['kept', '60'],
      ['refused', '140'],
    ])
    for (const { startedAt, endedAt } of spans) expect((endedAt ?? 0) - startedAt).toBeLessThanOrEqual(3_600_000)
  })

  test.each<[string, Partial<PageSpan>]>([
    ['a trace of zeros', { traceId: '0'.repeat(32) }],
    ['an id that is none', { spanId: 'DROP TABLE spans' }],
    ['a name of its own', { call: { method: 'PUT /api/../../etc', noun: 'attempts', status: 0 } }],
    ['a status that is none', { call: { method: 'PUT', noun: 'attempts', status: 1e9 } }],
  ])('with %s are refused', async (_, given) => {
    const started = start()
    gateway = started.given
    expect((await send({ ...nothing, spans: [spanOf(given)] })).status).toBe(422)
    expect(started.spans).toEqual([])
  })
})
