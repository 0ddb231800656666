import { afterAll, describe, expect, test } from 'bun:test'
import { attemptHeader, examHeader, outcomeHeader } from '@hourglass/kit/edge-words'
import { createLogger } from '@hourglass/kit/logger'
import { keepHeader } from '@hourglass/kit/observe'
import { policyTable } from '@hourglass/policy'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { testService, tokenFor } from '@hourglass/testing/service'
import { startGateway } from './test-gateway'
import { createHttpUpstream } from './upstream'

const seen: Headers[] = []
let keep: string | null = null
let said: Record<string, string> = {}
const exams = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: (request) => {
    seen.push(request.headers)
    const status = request.url.endsWith('broken') ? 500 : 200
    return Response.json({}, { status, headers: { ...said, ...(keep ? { [keepHeader]: keep } : {}) } })
  },
})

function start(ratio: number) {
  const { tracer, spans, names } = createTestTracer({ ratio, service: 'gateway' })
  const lines: string[] = []
  const log = createLogger({ service: 'gateway' }, { write: (line) => void lines.push(line) })
  const gateway = startGateway({
    service: { ...testService(policyTable), log, tracer },
    upstreams: { exams: createHttpUpstream([exams.url.href], (fetcher) => fetcher, { tracer, service: 'exams' }) },
  })
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}${path}`, { headers })
  return { gateway, spans, names, lines, get }
}
const [all, none] = [start(1), start(0)]
afterAll(async () => {
  for (const { gateway } of [all, none]) await gateway.stop()
  await exams.stop(true)
})

const traceId = '0af7651916cd43dd8448eb211c80319c'
const outside = `00-${traceId}-b7ad6b7169203331-01`
const clear = () => {
  for (const { spans, lines } of [all, none]) [spans.length, lines.length] = [0, 0]
  seen.length = 0
  keep = null
  said = {}
}

describe('a request through the gateway', () => {
  test('goes on with the trace of the page that sent it, and the service with the gateway’s', async () => {
    clear()
    await all.get('/api/exams/1', { traceparent: outside, tracestate: 'page=1' })
    const [call, edge] = all.spans
    expect(all.names()).toEqual(['GET exams', 'GET /api/exams'])
    expect(edge?.trace.traceId).toBe(traceId)
    expect(edge?.parentSpanId).toBe('b7ad6b7169203331')
    expect(seen[0]?.get('traceparent')).toBe(`00-${traceId}-${call?.spanId}-01`)
    expect(seen[0]?.get('tracestate')).toBe('page=1')
  })

  test('is not kept because somebody outside says so, and the service is told that it is not', async () => {
    clear()
    await none.get('/api/exams/1', { traceparent: outside, 'x-hourglass-trace': '1', baggage: 'keep=1' })
    expect(none.spans).toEqual([])
    expect(seen[0]?.get('traceparent')).toEndWith('-00')
    expect(seen[0]?.has('baggage')).toBe(false)
    expect(seen[0]?.has('x-hourglass-trace')).toBe(false)
  })

  test.each([
    ['teacher', true],
    ['admin', true],
    ['student', false],
  ] as const)('that a %s marks is kept, in the service too: %p', async (role, isKept) => {
    clear()
    const authorization = await tokenFor({ personId: Bun.randomUUIDv7(), role })
    await none.get('/api/exams/1', { authorization, 'x-hourglass-trace': '1' })
    expect(none.spans.length > 0).toBe(isKept)
    expect(seen[0]?.get('traceparent')).toEndWith(isKept ? '-01' : '-00')
  })

  test('that fails is kept whole', async () => {
    clear()
    await none.get('/api/exams/broken')
    expect(none.names()).toEqual(['GET exams', 'GET /api/exams'])
  })

  test('whose service has kept its part is kept here, and nobody outside hears of it', async () => {
    clear()
    keep = 'slow'
    const response = await none.get('/api/exams/1')
    expect(none.names()).toEqual(['GET exams', 'GET /api/exams'])
    expect(response.headers.has(keepHeader)).toBe(false)
  })
})

test('each request is one line, with its trace, route, status and time, and without its path', async () => {
  clear()
  const response = await none.get('/api/exams/0197a3c2-5d7e-7b3a-9c1d-2f4e6a8b0c1d')
  expect(none.lines).toHaveLength(1)
  expect(JSON.parse(none.lines[0] ?? '{}')).toMatchObject({
    ...{ level: 'info', service: 'gateway', msg: 'request', method: 'GET', route: '/api/exams', status: 200 },
    ...{ requestId: response.headers.get('x-request-id'), ms: expect.any(Number) },
    ...{ trace_id: expect.stringMatching(/^[0-9a-f]{32}$/), span_id: expect.stringMatching(/^[0-9a-f]{16}$/) },
  })
  expect(none.lines[0]).not.toContain('0197a3c2')
})

describe('the line of a request about an attempt', () => {
  const id = '0197a3c2-5d7e-7b3a-9c1d-2f4e6a8b0c1d'
  const lineOf = async (path: string) => {
    const response = await none.get(path)
    return { response, line: JSON.parse(none.lines[0] ?? '{}') }
  }

  test('names it, what was done and what came of that, in bounded words, and nothing else of the address', async () => {
    clear()
    said = { [outcomeHeader]: 'too-late' }
    const { response, line } = await lineOf(`/api/attempts/${id.toUpperCase()}/answers/a-secret-question?x=private`)
    expect(line).toMatchObject({ attemptId: id, action: 'save', outcome: 'too-late', route: '/api/attempts' })
    expect(none.lines[0]).not.toMatch(/secret|private/)
    expect(response.headers.has(outcomeHeader)).toBe(false)
  })

  test('has the ids of an attempt and of its exam that the service names, which nobody outside hears', async () => {
    clear()
    const examId = '0197a3c2-5d7e-7b3a-9c1d-2f4e6a8b0c1e'
    said = { [attemptHeader]: id, [examHeader]: examId }
    const { response, line } = await lineOf('/api/exams/1')
    expect(line).toMatchObject({ attemptId: id, examId })
    for (const header of [attemptHeader, examHeader]) expect(response.headers.has(header)).toBe(false)
  })

  test('takes no other word, whoever wrote it', async () => {
    clear()
    said = { [outcomeHeader]: 'Ada said: x=2', [attemptHeader]: 'Ada', [examHeader]: 'Ada, again' }
    const { line } = await lineOf('/api/attempts/Ada-Lovelace/divulge')
    for (const name of ['attemptId', 'examId', 'action', 'outcome']) expect(line).not.toHaveProperty(name)
    expect(none.lines[0]).not.toContain('Ada')
  })

  test('says why the gateway itself refused it', async () => {
    clear()
    const { line } = await lineOf(`/api/attempts/${id}/%2e%2e/`)
    expect(line).toMatchObject({ status: 400, route: 'refused', outcome: 'bad-address' })
  })
})

test('probes are no lines', async () => {
  clear()
  await none.get('/health/live')
  expect(none.lines).toEqual([])
})
