import { describe, expect, test } from 'bun:test'
import { generateKeyPairSync } from 'node:crypto'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { PolicyRow } from './auth/guard'
import { person } from './auth/principal'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from './auth/token'
import { ConflictError, TooManyRequestsError } from './errors'
import { createLogger } from './logger'
import { createMetrics, renderMetrics } from './metrics'
import { service } from './service'

const lines: string[] = []
const log = createLogger({ service: 'test', level: 'debug' }, { write: (line) => void lines.push(line) })
const metrics = createMetrics('test')
const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const key = { kid: 'k1', privateKey }
const audience = { typ: 'at+jwt', audience: 'hourglass-api' }
const sign = createTokenSigner(key, audience)
const policy: PolicyRow[] = [
  { method: 'GET', path: '/api/things/:id', allow: 'public' },
  { method: 'POST', path: '/api/things', allow: ['teacher'] },
  { method: 'GET', path: '/api/broken', allow: 'public' },
  { method: 'GET', path: '/api/no-database', allow: 'public' },
  { method: 'GET', path: '/api/limited', allow: 'public' },
  { method: 'GET', path: '/api/wrong-answer', allow: 'public' },
]
const Thing = z.object({ name: z.string().min(2), size: z.number() })
const app = new Elysia()
  .use(
    service({
      log,
      metrics,
      tracer: null,
      readiness: { state: 'ready', check: async () => true },
      policy,
      verifiers: { access: createTokenVerifier([publicKeyOf(key)], audience) },
    }),
  )
  .use(
    new Elysia({ prefix: '/api' })
      .get('/things/:id', ({ params }) => {
        throw new ConflictError('taken', `The thing ${params.id} is taken.`, { by: 'somebody' })
      })
      .get('/broken', () => {
        throw Object.assign(new Error('secret detail of the driver'), { code: '23505' })
      })
      .get('/no-database', () => {
        throw new Error('Failed query: secret', {
          cause: Object.assign(new Error('write'), { code: 'CONNECTION_CLOSED' }),
        })
      })
      .get('/limited', () => {
        throw new TooManyRequestsError('Slower.', 7)
      })
      .get('/wrong-answer', () => ({ name: 'ab', size: 'CANARY' as unknown as number }), { response: Thing })
      .get('/forgotten', () => 'no row in the policy')
      .use(
        new Elysia()
          .use(person())
          .post('/things', ({ body, person }) => ({ ...body, by: person.personId }), { body: Thing }),
      ),
  )

const call = async (path: string, init: RequestInit = {}) => {
  const response = await app.handle(new Request(`http://localhost${path}`, init))
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith('{') ? JSON.parse(text) : text,
  }
}
const tokenOf = (role: string) => sign('p1', { role, name: 'Ada', sid: 's1' }, new Date(Date.now() + 60_000))
const postThing = async (role: string | null, body: unknown) =>
  call('/api/things', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(role ? { authorization: `Bearer ${await tokenOf(role)}` } : {}),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('errors', () => {
  test('a domain error leaves with its kind, message, details and the request id', async () => {
    const answer = await call('/api/things/7', { headers: { 'x-request-id': 'abcdefgh-1' } })
    expect(answer.status).toBe(409)
    expect(answer.body).toEqual({
      by: 'somebody',
      kind: 'taken',
      message: 'The thing 7 is taken.',
      requestId: 'abcdefgh-1',
    })
    expect(answer.headers.get('x-request-id')).toBe('abcdefgh-1')
  })

  test('anything else leaves as a bare 500 and is logged once', async () => {
    lines.length = 0
    const answer = await call('/api/broken')
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('secret detail')
    expect(lines.filter((line) => line.includes('secret detail'))).toHaveLength(1)
  })

  test('a database that is away is a 503 to try again, not a fault of ours or of the request', async () => {
    const answer = await call('/api/no-database')
    expect([answer.status, answer.body.kind]).toEqual([503, 'unavailable'])
    expect(answer.text).not.toContain('secret')
  })

  test('an answer that does not fit its schema is a bare 500 without the value', async () => {
    lines.length = 0
    const answer = await call('/api/wrong-answer')
    expect(answer.status).toBe(500)
    expect(answer.text + lines.join('')).not.toContain('CANARY')
  })

  test('a refused body is named by path and never repeated', async () => {
    const answer = await postThing('teacher', { name: 'CANARY', size: 'CANARY' })
    expect(answer.status).toBe(422)
    expect(answer.body.faults[0].path).toBe('size')
    expect(answer.text).not.toContain('CANARY')
  })

  test('a body that is no JSON is a 400', async () => {
    expect((await postThing('teacher', '{"name"')).status).toBe(400)
  })

  test('a busy answer says when to come again', async () => {
    const answer = await call('/api/limited')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
  })

  test('an unknown address and a route without a row are one and the same 404', async () => {
    const unknown = await call('/api/nowhere', { headers: { 'x-request-id': 'abcdefgh-2' } })
    expect(unknown.status).toBe(404)
    expect((await call('/api/forgotten')).status).toBe(404)
  })
})

describe('identity', () => {
  test('the role decides, and without a token it is a 401', async () => {
    expect((await postThing(null, { name: 'ab', size: 1 })).status).toBe(401)
    expect((await postThing('student', { name: 'ab', size: 1 })).status).toBe(403)
    expect((await postThing('teacher', { name: 'ab', size: 1 })).body).toEqual({ name: 'ab', size: 1, by: 'p1' })
  })

  test.each([
    ['alg none', 'eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0Iiwia2lkIjoiazEifQ.eyJzdWIiOiJwMSJ9.'],
    ['rubbish', 'x.y.z'],
  ])('a forged token is a 401: %s', async (_, token) => {
    const answer = await call('/api/things', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(401)
  })

  test('an expired token and one for another audience are a 401', async () => {
    const old = await sign('p1', { role: 'teacher', name: 'Ada', sid: 's' }, new Date(Date.now() - 1_000))
    const other = createTokenSigner(key, { typ: 'at+jwt', audience: 'elsewhere' })
    const foreign = await other('p1', { role: 'teacher', name: 'Ada', sid: 's' }, new Date(Date.now() + 60_000))
    for (const token of [old, foreign]) {
      const answer = await call('/api/things', { method: 'POST', headers: { authorization: `Bearer ${token}` } })
      expect(answer.status).toBe(401)
    }
  })
})

describe('observation', () => {
  test('requests are counted by route template and status, errors too', async () => {
    await call('/api/things/1')
    await call('/api/nowhere/at/all')
    const text = renderMetrics(metrics.registry)
    expect(text).toContain('http_requests_total{method="GET",route="/api/things/:id",status="409",service="test"}')
    expect(text).toContain('route="unmatched"')
    expect(text).not.toContain('/api/nowhere')
  })

  test('secrets are not in the log', () => {
    lines.length = 0
    log.info(
      {
        password: 'CANARY',
        body: { token: 'CANARY', deep: { answers: 'CANARY' } },
        headers: { authorization: 'CANARY' },
      },
      'x',
    )
    expect(lines.join('')).not.toContain('CANARY')
  })

  test('health answers without a token', async () => {
    expect((await call('/health/ready')).status).toBe(200)
    expect((await call('/health/live')).status).toBe(200)
  })
})
