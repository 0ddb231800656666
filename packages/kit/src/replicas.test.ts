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

test('when none is there, the failure of the last is told', async () => {
  await expect(ask(createReplicaSender([away, away]))).rejects.toThrow()
  await expect(ask(createReplicaSender([broken, broken]), true)).rejects.toThrow()
})
