import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { PageReport } from '@hourglass/kit/page-report'
import { createPending } from './report'
import { createSending } from './send'

let answer: () => Response
let taken: { report: PageReport; headers: Headers }[]
let server: Bun.Server<undefined>
beforeEach(() => {
  taken = []
  answer = () => new Response(null, { status: 204 })
  server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: async (request) => {
      // What a page sends is of the form that is checked by the gateway's own tests.
      taken.push({ report: (await request.json()) as PageReport, headers: request.headers })
      return answer()
    },
  })
})
afterEach(() => server.stop(true))

function start() {
  const pending = createPending()
  const clock = { now: 0 }
  const state = { isUnwelcome: false }
  const onUnwelcome = () => {
    state.isUnwelcome = true
  }
  const sending = createSending(pending, { url: server.url.href, now: () => clock.now, onUnwelcome })
  return { pending, clock, state, sending }
}

test('what waits goes out once, with no more than three digits, and is kept no longer', async () => {
  const { pending, clock, sending } = start()
  const span = { traceId: 'a', spanId: 'b', parentSpanId: null, route: '/', call: null, durationMs: 10 }
  pending.merge({ keptSeconds: [1.23456789], spans: [{ ...span, startedAt: 100 }] })
  clock.now = 250.0001
  await sending.send()
  expect(taken.map(({ report }) => report)).toEqual([
    {
      ...{ loads: [], vitals: [], shifts: [], failedSaves: [], keptSeconds: [1.235], dropped: 0 },
      spans: [{ ...span, agoMs: 150 }],
    },
  ])
  await sending.send()
  expect([taken.length, pending.isEmpty()]).toEqual([1, true])
})

test('at most six go out a minute; the rest waits for the next', async () => {
  const { pending, clock, sending } = start()
  for (let turn = 0; turn < 8; turn++) {
    pending.merge({ keptSeconds: [turn] })
    await sending.send()
  }
  expect(taken).toHaveLength(6)
  clock.now = 60_001
  await sending.send()
  expect(taken.at(-1)?.report.keptSeconds).toEqual([6, 7])
})

test('after a failure the next try waits longer each time, and after five it is given up and counted', async () => {
  const { pending, clock, sending } = start()
  answer = () => new Response(null, { status: 503 })
  pending.merge({ keptSeconds: [1, 2], failedSaves: [{ reason: 'offline', count: 7 }] })
  const triedAt: number[] = []
  for (clock.now = 0; clock.now < 3_600_000; clock.now += 30_000) {
    const before = taken.length
    await sending.send()
    if (taken.length > before) triedAt.push(clock.now / 1_000)
  }
  expect(triedAt.slice(0, 5)).toEqual([0, 60, 180, 420, 900])
  expect(taken[4]?.report).toMatchObject({ keptSeconds: [1, 2], dropped: 0 })
  expect(taken[5]?.report).toMatchObject({ keptSeconds: [], failedSaves: [], dropped: 3 })
})

test('once the network is back nothing waits for its next try', async () => {
  const { pending, sending } = start()
  answer = () => new Response(null, { status: 503 })
  pending.merge({ keptSeconds: [1] })
  await sending.send()
  answer = () => new Response(null, { status: 204 })
  await sending.send()
  expect(taken).toHaveLength(1)
  sending.wake()
  await sending.send()
  expect(taken.at(-1)?.report.keptSeconds).toEqual([1])
})

test('a server that wants none of it is asked once', async () => {
  const { pending, state, sending } = start()
  answer = () => new Response(null, { status: 404 })
  pending.merge({ keptSeconds: [1] })
  await sending.send()
  expect([state.isUnwelcome, pending.isEmpty()]).toEqual([true, true])
})

test('a server that is not there is no error', async () => {
  const { pending, state, sending } = start()
  await server.stop(true)
  pending.merge({ keptSeconds: [1] })
  await sending.send()
  expect([state.isUnwelcome, pending.isEmpty()]).toEqual([false, false])
})
