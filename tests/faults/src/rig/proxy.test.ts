import { afterAll, beforeAll, expect, test } from 'bun:test'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { startProxy, type TcpProxy } from './proxy'

let echo: Server
let proxy: TcpProxy
beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('data', (bytes) => socket.write(bytes))
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  const address = echo.address()
  if (!address || typeof address !== 'object') throw new Error('no port')
  proxy = await startProxy(address.port)
})
afterAll(async () => {
  await proxy.close()
  echo.close()
})

const open = async (): Promise<Socket> => {
  const socket = connect(proxy.port, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}
/** What comes back within a moment; `ended` when the connection ends instead. */
const say = (socket: Socket, text: string, withinMs = 150): Promise<string> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), withinMs)
    const end = (word: string) => {
      clearTimeout(timer)
      resolve(word)
    }
    socket.once('data', (bytes) => end(String(bytes)))
    socket.once('close', () => end('ended'))
    socket.write(text)
  })

test('in fair weather bytes pass', async () => {
  expect(await say(await open(), 'hello')).toBe('hello')
})

test.each(['requests', 'answers', 'all'] as const)(
  '%s are swallowed, and a connection that lost bytes stays silent',
  async (swallows) => {
    const socket = await open()
    proxy.set({ swallows })
    expect(await say(socket, 'hello')).toBe('silence')
    proxy.heal()
    expect(await say(socket, 'again')).toBe('silence')
    expect(await say(await open(), 'hello')).toBe('hello')
  },
)

test('a delay is a delay', async () => {
  const socket = await open()
  proxy.set({ delayMs: 60 })
  const startedAt = performance.now()
  expect(await say(socket, 'hello', 500)).toBe('hello')
  expect(performance.now() - startedAt).toBeGreaterThan(100)
  proxy.heal()
})

test('connections are reset, cut after so many bytes, and refused', async () => {
  const socket = await open()
  const ended = new Promise((resolve) => socket.once('close', resolve))
  proxy.reset()
  await ended
  proxy.set({ cutAfterBytes: 8 })
  const other = await open()
  expect(await say(other, '12345')).toBe('12345')
  await say(other, '67890')
  expect(await say(other, 'x')).toBe('ended')
  proxy.set({ refuses: true })
  expect(await say(await open(), 'hello')).toBe('ended')
  proxy.heal()
})
