import { afterAll, expect, test } from 'bun:test'
import { CannotAsk, createAsker } from './asker'
import { sourceAt } from './source'

type Reply = (request: Request, count: number) => Response | Promise<Response>
const servers: { stop: (isForced: boolean) => Promise<void> }[] = []
afterAll(() => Promise.all(servers.map((server) => server.stop(true))))

function serve(reply: Reply) {
  const seen: { path: string; headers: Headers; body: string }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { url, headers } = request
      seen.push({ path: new URL(url).pathname, headers: new Headers(headers), body: await request.text() })
      return reply(request, seen.length)
    },
  })
  servers.push(server)
  return { url: `http://127.0.0.1:${server.port}`, seen }
}
const answer = (data: unknown, more = {}) => Response.json({ status: 'success', data, ...more })
const vector = (...values: string[]) =>
  answer({ resultType: 'vector', result: values.map((value) => ({ metric: { a: 'b' }, value: [1, value] })) })

test('a value is read as Prometheus writes it, also where it is no number', async () => {
  const { url } = serve(() => vector('0.5', 'NaN', '+Inf', '-Inf', '1e-3'))
  const samples = await createAsker({ url }).query('up', 1)
  expect(samples.map(({ value }) => value)).toEqual([0.5, Number.NaN, Infinity, -Infinity, 0.001])
})

test('Mimir is told the tenant, Thanos that half an answer is none, and the moment is that of the question', async () => {
  const { url, seen } = serve(() => vector())
  await createAsker({ url: `${url}/prometheus`, tenant: 'school', authorization: 'Bearer t' }).query(
    'up',
    1_790_000_000.5,
  )
  const [request] = seen
  expect(request?.path).toBe('/prometheus/api/v1/query')
  expect(request?.headers.get('x-scope-orgid')).toBe('school')
  expect(request?.headers.get('authorization')).toBe('Bearer t')
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    ...{ query: 'up', time: '1790000000.5', partial_response: 'false' },
  })
})

test('what may be over in a moment is tried three times', async () => {
  const { url, seen } = serve((_, count) => (count < 3 ? new Response('no', { status: 503 }) : vector('1')))
  expect(await createAsker({ url }).query('up', 1)).toHaveLength(1)
  expect(seen).toHaveLength(3)
  const always = serve(() => new Response('', { status: 500 }))
  expect(createAsker(always).query('up', 1)).rejects.toThrow('answers 500')
})

test('who has a person waiting asks once, and of the server’s own now', async () => {
  const { url, seen } = serve(() => new Response('no', { status: 503 }))
  expect(createAsker({ url, mostTries: 1 }).query('up')).rejects.toThrow('answers 503')
  await Bun.sleep(1_000) // Longer than the pause before a second try.
  expect(seen.map(({ body }) => new URLSearchParams(body).get('time'))).toEqual([null])
})

test('an address is read as people write it, and its password stands in no report', () => {
  const source = sourceAt(new URL('https://school:p%40ss@mimir.example/prometheus/'), { tenant: '' })
  expect(source).toEqual({
    url: 'https://mimir.example/prometheus',
    authorization: 'Basic c2Nob29sOnBAc3M=',
    tenant: undefined,
  })
  expect(sourceAt(new URL('https://a:b@c.example'), { token: 't' }).authorization).toBe('Bearer t')
  expect(sourceAt(new URL('http://c.example'), { tenant: 'school' })).toMatchObject({
    url: 'http://c.example',
    authorization: undefined,
    tenant: 'school',
  })
})

test.each<[string, Reply, string]>([
  ['401', () => new Response('', { status: 401 }), 'does not let us in'],
  ['a page', () => new Response('<html>'), 'not as Prometheus does'],
  ['a page to sign in', () => Response.redirect('https://login.example'), 'a page to sign in'],
  [
    'an error',
    () => Response.json({ status: 'error', error: 'parse' }, { status: 400 }),
    'refuses the question: parse',
  ],
  ['an error with 200', () => Response.json({ status: 'error', error: 'x' }), 'refuses the question: x'],
  [
    'a warning',
    () => answer({ resultType: 'vector', result: [] }, { warnings: ['store is away'] }),
    'in part: store is away',
  ],
  ['half an answer', () => answer({ resultType: 'vector', result: [] }, { isPartial: true }), 'in part'],
  ['another kind', () => answer({ resultType: 'scalar', result: [1, '1'] }), 'something else'],
  ['nothing', () => Response.json({}), 'not as Prometheus does'],
])('%s is no answer, and is not asked for again', async (_, reply, expected) => {
  const { url, seen } = serve(reply)
  const asked = createAsker({ url }).query('up', 1)
  expect(asked).rejects.toBeInstanceOf(CannotAsk)
  expect(asked).rejects.toThrow(expected)
  await asked.catch(() => null)
  expect(seen).toHaveLength(1)
})

test('one deadline holds for everything that is asked', async () => {
  const { url } = serve(async () => {
    await Bun.sleep(400)
    return vector()
  })
  const asker = createAsker({ url, deadlineMs: 600 })
  const begun = performance.now()
  expect(await asker.query('up', 1)).toEqual([])
  expect(asker.query('up', 1)).rejects.toBeInstanceOf(CannotAsk)
  await asker.query('up', 1).catch(() => null)
  expect(performance.now() - begun).toBeLessThan(900)
})

test('nobody there is said as such', () => {
  expect(createAsker({ url: 'http://127.0.0.1:1', deadlineMs: 500 }).rules()).rejects.toThrow('does not answer')
})
