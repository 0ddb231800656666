import { expect, test } from 'bun:test'
import { createTimedFetch } from './fetch'

test('a call ends in time when nothing answers, and when an answer stops in the middle of its body', async () => {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) =>
      url.endsWith('/never')
        ? new Promise<Response>(() => {})
        : new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('begun')) })),
  })
  const timed = createTimedFetch(100)
  const startedAt = performance.now()
  try {
    await expect(timed(new Request(`http://127.0.0.1:${server.port}/never`))).rejects.toThrow()
    const half = await timed(new Request(`http://127.0.0.1:${server.port}/half`))
    await expect(half.text()).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  } finally {
    await server.stop(true)
  }
})

test('a caller who gives up earlier is obeyed', async () => {
  const abort = new AbortController()
  const timed = createTimedFetch(60_000, (request) => {
    abort.abort()
    return request.signal.aborted ? Promise.reject(new Error('given up')) : Promise.resolve(new Response())
  })
  await expect(timed(new Request('http://localhost/', { signal: abort.signal }))).rejects.toThrow('given up')
})
