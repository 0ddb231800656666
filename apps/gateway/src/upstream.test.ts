import { afterAll, expect, test } from 'bun:test'
import { createHttpUpstream } from './upstream'

const untraced = { tracer: null, service: 'test' }

const seen: string[] = []
const there = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: async (request) => {
    seen.push(`${request.method} ${await request.text()}`)
    return Response.json({ ok: true })
  },
})
/** Takes a request and closes the connection instead of answering, as a process that is killed. */
const dying = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data: (socket) => void socket.end() } })
afterAll(async () => {
  await there.stop(true)
  dying.stop(true)
})

const away = 'http://127.0.0.1:9'
const killed = `http://127.0.0.1:${dying.port}`
const send = (first: string, method: string, isWhole = true) =>
  createHttpUpstream([first, there.url.origin], (fetcher) => fetcher, untraced).handle({
    ...{ method, path: '/api/attempts/1/answers/2', headers: new Headers(), signal: null, isBrief: true },
    body: isWhole ? new TextEncoder().encode('an answer').buffer : new Blob(['an answer']).stream(),
  })

test.each([
  ['a save', 'PUT'],
  ['a start', 'POST'],
])('%s that a replica took no connection for goes to the next, body and all', async (_, method) => {
  seen.length = 0
  expect((await send(away, method)).status).toBe(200)
  expect(seen).toEqual([`${method} an answer`])
})

test('a save whose replica dies in the middle goes to the next: it names its operation, so twice is once', async () => {
  seen.length = 0
  expect((await send(killed, 'PUT')).status).toBe(200)
  expect(seen).toEqual(['PUT an answer'])
})

test('what may not be repeated, or can no longer be, is refused in words that say to try again', async () => {
  await expect(send(killed, 'POST')).rejects.toMatchObject({ status: 503, kind: 'unreachable' })
  await expect(send(killed, 'PUT', false)).rejects.toMatchObject({ status: 503 })
})
