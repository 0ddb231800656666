import { afterAll, describe, expect, test } from 'bun:test'
import { connect } from 'node:net'
import { NotFoundError } from '@hourglass/kit/errors'
import { errors } from '@hourglass/kit/errors-plugin'
import { silentLogger } from '@hourglass/kit/logger'
import { renderMetrics } from '@hourglass/kit/metrics'
import { tokenFor } from '@hourglass/testing/service'
import { Elysia } from 'elysia'
import { defaultRateLimits } from './rate-limit'
import { startGateway } from './test-gateway'
import { createHttpUpstream, createLocalUpstream, type Upstream } from './upstream'

const untraced = { tracer: null, service: 'test' }

let endedStreams = 0
const service = new Elysia()
  .use(errors(silentLogger()))
  .get('/internal/papers/:digest', () => 'SECRET')
  .get('/metrics', () => 'SECRET')
  .get('/api/exams/:id', ({ params, request }) => {
    if (params.id === 'none') throw new NotFoundError('exam')
    return { id: params.id, headers: Object.fromEntries(request.headers), url: request.url }
  })
  .get('/api/exams', () => ({ items: Array.from({ length: 300 }, (_, n) => ({ n, name: 'an exam' })), next: null }))
  .get('/api/overrides/:id', async () => {
    await Bun.sleep(2_000)
    return 'too late'
  })
  .post('/api/overrides', ({ body }) => ({ size: String(body).length }), { parse: 'text' })
  .put('/api/attempts/:id/answers/:question', ({ body }) => ({ got: body }))
  .get('/api/attempts/:id/stream', () => eventStream())

function eventStream(): Response {
  const encoder = new TextEncoder()
  let timer: ReturnType<typeof setInterval>
  const body = new ReadableStream({
    start(controller) {
      let n = 0
      const send = () => controller.enqueue(encoder.encode(`data: ${n++}\n\n`))
      send()
      timer = setInterval(send, 50)
    },
    cancel() {
      clearInterval(timer)
      endedStreams++
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const exams = Bun.serve({ hostname: '127.0.0.1', port: 0, idleTimeout: 0, fetch: (request) => service.handle(request) })
const importer = new Elysia()
  .use(errors(silentLogger()))
  .post('/api/quizzes/import', async ({ request }) => ({ size: (await request.arrayBuffer()).byteLength }), {
    parse: 'none',
  })
const closed = createHttpUpstream(['http://127.0.0.1:9'], (fetcher) => fetcher, untraced)
const kinds: [string, Upstream][] = [
  ['in this process', createLocalUpstream(service)],
  ['over HTTP', createHttpUpstream([exams.url.href], (fetcher) => fetcher, untraced)],
]
const gateways: { stop: () => Promise<void> }[] = []
const start = (...args: Parameters<typeof startGateway>) => {
  const gateway = startGateway(...args)
  gateways.push(gateway)
  return gateway
}
afterAll(async () => {
  for (const gateway of gateways) await gateway.stop()
  await exams.stop(true)
})

describe.each(kinds)('a service %s', (_, upstream) => {
  const gateway = start({
    upstreams: { exams: upstream, students: closed, quizzes: createLocalUpstream(importer) },
    timeoutMs: 400,
  })
  const get = (path: string, init: RequestInit = {}) => fetch(`${gateway.url}${path}`, init)

  test('hears nothing of a caller’s own claims about identity or address', async () => {
    const claims = {
      'x-user-id': 'admin',
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-host': 'evil.example',
      'x-hourglass-role': 'admin',
      'x-real-ip': '1.2.3.4',
      forwarded: 'for=1.2.3.4',
      'x-http-method-override': 'DELETE',
      'x-request-id': 'given-by-caller',
      authorization: 'Bearer x.y.z',
    }
    const { headers } = await (await get('/api/exams/1', { headers: claims })).json()
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(gateway.url).host,
      'x-request-id': 'given-by-caller',
      authorization: 'Bearer x.y.z',
    })
    for (const name of ['x-user-id', 'x-hourglass-role', 'x-real-ip', 'forwarded', 'x-http-method-override']) {
      expect(headers).not.toHaveProperty(name)
    }
  })

  test('gets bodies as they came, by size and in chunks', async () => {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' } }
    const save = (body: BodyInit) => get('/api/attempts/1/answers/2', { ...init, body })
    expect(await (await save('{"response":"né"}')).json()).toEqual({ got: { response: 'né' } })
    const chunks = new Blob(['{"response":', '"é"}']).stream()
    expect(await (await save(chunks)).json()).toEqual({ got: { response: 'é' } })
  })

  test('has its errors passed on with the same request id', async () => {
    const response = await get('/api/exams/none', { headers: { 'x-request-id': 'abcdefgh-1' } })
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({
      kind: 'not-found',
      message: 'There is no such exam.',
      requestId: 'abcdefgh-1',
    })
  })

  test.each(['/internal/papers/1', '/metrics', '/api/internal/papers/1', '/api/exams/../../internal/papers/1'])(
    'shows nothing of %s',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(404)
      expect(await response.text()).not.toContain('SECRET')
    },
  )

  test('that does not answer in time is a 503 that says when to come again', async () => {
    const response = await get('/api/overrides/1')
    expect([response.status, (await response.json()).kind]).toEqual([503, 'timeout'])
    expect(Number(response.headers.get('retry-after'))).toBeWithin(1, 4)
  })

  test('streams events as they come, without a deadline, and hears when the client goes', async () => {
    const ended = endedStreams
    const client = new AbortController()
    const response = await get('/api/attempts/1/stream', {
      signal: client.signal,
      headers: { 'accept-encoding': 'gzip, zstd' },
    })
    expect(response.headers.get('content-encoding')).toBeNull()
    const reader = response.body?.getReader()
    const startedAt = performance.now()
    let text = ''
    while (!text.includes('data: 12')) text += new TextDecoder().decode((await reader?.read())?.value)
    expect(performance.now() - startedAt).toBeGreaterThan(450)
    expect(renderMetrics(gateway.deps.service.metrics.registry)).toContain('gateway_streams_open{service="test"} 1')
    client.abort()
    for (let turn = 0; turn < 40 && endedStreams === ended; turn++) await Bun.sleep(25)
    expect(endedStreams).toBe(ended + 1)
    expect(renderMetrics(gateway.deps.service.metrics.registry)).toContain('gateway_streams_open{service="test"} 0')
  })

  test('that is not there is a 503 and leaves the others alone', async () => {
    const response = await get('/api/people/me')
    expect([response.status, (await response.json()).kind]).toEqual([503, 'unreachable'])
    expect((await get('/api/exams/1')).status).toBe(200)
  })

  test('has large text compressed on the way', async () => {
    const plain = await get('/api/exams', { headers: { 'accept-encoding': 'identity' } })
    for (const encoding of ['gzip', 'zstd']) {
      const response = await get('/api/exams', { headers: { 'accept-encoding': encoding } })
      expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([
        encoding,
        'accept-encoding',
      ])
      expect(await response.text()).toBe(await plain.clone().text())
    }
  })
})

describe('bodies', () => {
  const gateway = start({
    upstreams: { exams: createLocalUpstream(service), quizzes: createLocalUpstream(importer) },
    timeoutMs: 300,
  })
  const send = (method: string, path: string, body: BodyInit) =>
    fetch(`${gateway.url}${path}`, { method, body, headers: { 'content-type': 'text/plain' } })
  const inChunks = (bytes: number) => {
    let left = bytes
    return new ReadableStream({
      pull(controller) {
        if (left <= 0) return controller.close()
        controller.enqueue(new Uint8Array(Math.min(left, 65_536)))
        left -= 65_536
      },
    })
  }

  test.each([
    ['a save', 'PUT', '/api/attempts/1/answers/2', 256 * 1_024],
    ['a usual write', 'POST', '/api/overrides', 1_048_576],
    ['an import', 'POST', '/api/quizzes/import', 20 * 1_048_576],
  ])('%s has its limit, whether the sender says the size or not', async (_, method, path, limit) => {
    expect((await send(method, path, new Uint8Array(limit))).status).toBe(200)
    for (const body of [new Uint8Array(limit + 1), inChunks(limit + 65_536)]) {
      const response = await send(method, path, body)
      expect([response.status, (await response.json()).kind]).toEqual([413, 'too-large'])
    }
  })

  test('an import that streams to another process is cut at its limit, and told why', async () => {
    const quizzes = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: (request) => importer.handle(request) })
    const remote = start({
      upstreams: { quizzes: createHttpUpstream([quizzes.url.href], (fetcher) => fetcher, untraced) },
    })
    const response = await fetch(`${remote.url}/api/quizzes/import`, { method: 'POST', body: inChunks(21 * 1_048_576) })
    expect([response.status, (await response.json()).kind]).toEqual([413, 'too-large'])
    await quizzes.stop(true)
  })

  test.each([
    ['/api/attempts/1/answers/2', 'PUT'],
    ['/api/quizzes/import', 'POST'],
  ])('a body that drips in is given up: %s', async (path, method) => {
    const socket = connect(gateway.port, '127.0.0.1')
    socket.write(`${method} ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n`)
    const drip = setInterval(() => socket.write('x'), 40)
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
    clearInterval(drip)
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1.1 (400|503)/)
    expect(answer).toMatch(/slow-body|timeout/)
  })

  test('a request with two lengths is refused', async () => {
    const socket = connect(gateway.port, '127.0.0.1')
    socket.write(
      'POST /api/overrides HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    )
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
    socket.destroy()
    expect(answer).toStartWith('HTTP/1.1 400')
  })
})

describe('what every answer carries', () => {
  const gateway = start({
    upstreams: { exams: createLocalUpstream(service) },
    publicUrl: 'https://exams.example.org',
    corsOrigins: ['https://board.example.org'],
  })

  test.each([
    '/api/exams/1',
    '/api/exams/none',
    '/api/nothing',
    '/nothing',
    '/api/exams/%2e',
    '/health/live',
    '/api/time',
    '/api/docs',
  ])('%s has the security headers', async (path) => {
    const { headers } = await fetch(`${gateway.url}${path}`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toStartWith('max-age=31536000')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    if (!path.startsWith('/api/docs')) expect(headers.get('cache-control')).toBe('no-store')
  })

  test('another site’s script may read answers only if its origin is listed', async () => {
    const from = (origin: string, method = 'GET') =>
      fetch(`${gateway.url}/api/exams/1`, { method, headers: { origin } })
    const listed = await from('https://board.example.org')
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://board.example.org')
    expect(listed.headers.get('access-control-allow-credentials')).toBeNull()
    const preflight = await from('https://board.example.org', 'OPTIONS')
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'GET, POST, PUT, PATCH, DELETE',
    ])
    for (const response of [await from('https://evil.example'), await from('https://evil.example', 'OPTIONS')]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('the clock is public', async () => {
    const { serverTime } = await (await fetch(`${gateway.url}/api/time`)).json()
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(1_000)
  })
})

test('one account that asks too often is told to wait, the class beside it is not', async () => {
  const bulk = { perAddress: 1_000, perAccount: 3 }
  const gateway = start({
    upstreams: { exams: createLocalUpstream(service) },
    rateLimits: { ...defaultRateLimits, bulk },
  })
  const list = async (personId: string) => {
    const authorization = await tokenFor({ personId, role: 'student' })
    return fetch(`${gateway.url}/api/exams`, { headers: { authorization } })
  }
  for (let turn = 0; turn < 3; turn++) expect((await list('a')).status).toBe(200)
  const refused = await list('a')
  expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true])
  expect((await list('b')).status).toBe(200)
})

test('a stop ends open streams at once and tells each when to come back', async () => {
  const gateway = startGateway({ upstreams: { exams: createLocalUpstream(service) } })
  const response = await fetch(`${gateway.url}/api/attempts/1/stream`)
  const text = response.text()
  const startedAt = performance.now()
  await gateway.stop()
  expect(performance.now() - startedAt).toBeLessThan(500)
  expect(await text).toMatch(/data: 0\n\n[\s\S]*retry: \d{3,4}\n\n$/)
})
