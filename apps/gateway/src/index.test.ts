import { expect, test } from 'bun:test'
import { publicKeyOf } from '@hourglass/kit/auth/token'
import { accessKey, seatKey } from '@hourglass/testing/service'

const index = new URL('./index.ts', import.meta.url).pathname
const start = (environment: Record<string, string>) =>
  Bun.spawn([process.execPath, index], { env: environment, stdout: 'pipe', stderr: 'pipe' })

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response() })
  const { port } = server
  await server.stop(true)
  return String(port)
}

test('a bad environment stops the start and names every fault at once', async () => {
  const gateway = start({ BUN_CONFIG_MAX_HTTP_REQUESTS: '256', ACCESS_PUBLIC_KEYS: 'CANARY' })
  expect(await gateway.exited).not.toBe(0)
  const told = await new Response(gateway.stderr).text()
  for (const name of ['PUBLIC_URL', 'EXAMS_URL', 'ACCESS_PUBLIC_KEYS', 'BUN_CONFIG_MAX_HTTP_REQUESTS'])
    expect(told).toContain(name)
  expect(told).not.toContain('CANARY')
  expect(told).not.toContain('    at ')
})

test('alone it serves until the signal to stop, with more open streams than Bun would allow by itself', async () => {
  const encoder = new TextEncoder()
  const openStream = () =>
    new Response(new ReadableStream({ start: (controller) => controller.enqueue(encoder.encode('data: 1\n\n')) }), {
      headers: { 'content-type': 'text/event-stream' },
    })
  const exams = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    idleTimeout: 0,
    fetch: (request) => (request.url.endsWith('/stream') ? openStream() : Response.json({ seq: 1 })),
  })
  const [port, metricsPort] = [await freePort(), await freePort()]
  const elsewhere = 'http://127.0.0.1:9'
  const gateway = start({
    ...{ HOST: '127.0.0.1', PORT: port, METRICS_PORT: metricsPort, PUBLIC_URL: 'http://localhost', LOG_LEVEL: 'error' },
    ...{ STUDENTS_URL: elsewhere, QUIZZES_URL: elsewhere, GRADING_URL: elsewhere, NOTIFIER_URL: elsewhere },
    EXAMS_URL: exams.url.href,
    ACCESS_PUBLIC_KEYS: JSON.stringify([publicKeyOf(accessKey)]),
    SEAT_PUBLIC_KEYS: JSON.stringify([publicKeyOf(seatKey)]),
    // Nobody there: it goes on without.
    REDIS_URL: 'redis://127.0.0.1:9',
    SERVICE_KEY_ID: 'gateway-1',
    SERVICE_PRIVATE_KEY: accessKey.privateKey,
    BUN_CONFIG_MAX_HTTP_REQUESTS: '5000',
  })
  const url = `http://127.0.0.1:${port}`
  for (let turn = 0; turn < 100 && !(await fetch(`${url}/health/ready`).catch(() => null))?.ok; turn++)
    await Bun.sleep(50)
  // By sockets: this process's own fetch has the limit that is to be shown gone.
  const sockets = []
  for (let n = 0; n < 300; n++) {
    const first = Promise.withResolvers<void>()
    const socket = await Bun.connect({
      hostname: '127.0.0.1',
      port: Number(port),
      socket: { data: () => first.resolve() },
    })
    socket.write('GET /api/attempts/1/stream HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await first.promise
    sockets.push(socket)
  }
  const startedAt = performance.now()
  const save = await fetch(`${url}/api/attempts/1/answers/2`, { method: 'PUT', body: '{}' })
  expect(save.status).toBe(200)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  expect(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()).toContain(
    'gateway_streams_open{service="gateway"} 300',
  )
  gateway.kill('SIGTERM')
  expect(await gateway.exited).toBe(0)
  for (const socket of sockets) socket.end()
  await exams.stop(true)
}, 60_000)
