import { afterAll, expect, test } from 'bun:test'
import { listen } from './server'

let ended = 0
const gateway = { handle: async () => new Response('served'), endStreams: () => void ended++ }
const server = listen(gateway, { hostname: '127.0.0.1', port: 0 })
afterAll(() => server.stop())

test('while it drains it serves on, ends its streams, and asks clients to connect elsewhere', async () => {
  expect((await fetch(server.url)).headers.get('connection')).not.toBe('close')
  server.drain()
  const answer = await fetch(server.url)
  expect(await answer.text()).toBe('served')
  expect(answer.headers.get('connection')).toBe('close')
  expect(ended).toBe(1)
})
