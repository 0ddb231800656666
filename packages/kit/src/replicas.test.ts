import { afterAll, expect, test } from 'bun:test'
import { createReplicaSender } from './replicas'

const answering = ['one', 'other'].map((name) =>
  Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response(name) }),
)
/** Takes a request and closes the connection instead of answering. */
const dying = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: (socket) => void socket.end() } })
afterAll(async () => {
  for (const server of answering) await server.stop(true)
  dying.stop(true)
})
const [one = '', other = ''] = answering.map(({ url }) => url.origin)
const away = 'http://127.0.0.1:9'
const broken = `http://127.0.0.1:${dying.port}`

const ask = (send: ReturnType<typeof createReplicaSender>, isRepeatable = false) =>
  send(async (base) => (await fetch(base)).text(), { isRepeatable })

test('replicas take turns', async () => {
  const send = createReplicaSender([one, other])
  expect([await ask(send), await ask(send), await ask(send)]).toEqual(['one', 'other', 'one'])
})

test('one that takes no connection is passed over', async () => {
  const send = createReplicaSender([away, one])
  for (let call = 0; call < 4; call++) expect(await ask(send)).toBe('one')
})

test('one that breaks off is passed over only by what may be repeated', async () => {
  expect(await ask(createReplicaSender([broken, one]), true)).toBe('one')
  await expect(ask(createReplicaSender([broken, one]))).rejects.toThrow()
})

test('one that was too late is left alone for a while; then one request alone finds out whether it is back', async () => {
  const asked: string[] = []
  let isBack = false
  const send = createReplicaSender(['http://hung', 'http://well'], { restMs: 50 })
  const call = () =>
    send(
      async (base) => {
        asked.push(base)
        if (base === 'http://hung' && !isBack) throw new DOMException('too late', 'TimeoutError')
        return base
      },
      { isRepeatable: true },
    ).catch(() => 'failed')
  expect(await call()).toBe('failed')
  for (let time = 0; time < 4; time++) expect(await call()).toBe('http://well')
  await Bun.sleep(60)
  expect(await Promise.all([call(), call(), call()])).toEqual(['failed', 'http://well', 'http://well'])
  isBack = true
  await Bun.sleep(60)
  await call()
  asked.length = 0
  await Promise.all([call(), call(), call(), call()])
  expect(asked.filter((base) => base === 'http://hung')).toHaveLength(2)
})

test('when none is there, the failure of the last is told', async () => {
  await expect(ask(createReplicaSender([away, away]))).rejects.toThrow()
  await expect(ask(createReplicaSender([broken, broken]), true)).rejects.toThrow()
})
