import { expect, test } from 'bun:test'
import { startGateway } from '../test-gateway'
import { createDevServerUi } from './dev-server'

test('pages and the reload channel come from the development server', async () => {
  const vite = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request, server) =>
      server.upgrade(request, { headers: { 'sec-websocket-protocol': 'vite-hmr' } })
        ? undefined
        : new Response(`<p>${new URL(request.url).pathname}</p>`, { headers: { 'content-type': 'text/html' } }),
    websocket: {
      open: (socket) => void socket.send('connected'),
      message: (socket, text) => void socket.send(`echo ${text}`),
    },
  })
  const gateway = startGateway({ ui: createDevServerUi(vite.url.href) })
  const page = await fetch(`${gateway.url}/src/main.tsx`)
  expect(await page.text()).toBe('<p>/src/main.tsx</p>')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")

  const socket = new WebSocket(gateway.url.replace('http', 'ws'), ['vite-hmr'])
  const messages: unknown[] = []
  socket.onopen = () => socket.send('ping')
  await new Promise<void>((resolve) => {
    socket.onmessage = ({ data }) => {
      messages.push(data)
      if (messages.length === 2) resolve()
    }
  })
  expect(messages.sort()).toEqual(['connected', 'echo ping'])
  const closed = new Promise((resolve) => {
    socket.onclose = resolve
  })
  // An open page must not hold up a stop.
  await gateway.stop()
  await closed
  await vite.stop(true)
})
