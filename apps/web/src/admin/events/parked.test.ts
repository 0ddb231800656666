import { afterEach, expect, test } from 'bun:test'
import { readParked } from './parked'

const real = globalThis.fetch
afterEach(() => {
  globalThis.fetch = real
})

const event = {
  id: '0198c2f0-0000-7000-8000-000000000001',
  consumer: 'exams',
  name: 'class.changed',
  version: 1,
  failures: 6,
  reason: 'timeout',
  firstFailedAt: '2026-11-23T10:00:00.000Z',
  nextAttemptAt: null,
}

/** Answers for the whole server, by path; grading comes in two pages. */
const answers: Record<string, Response> = {
  '/api/sessions/refresh': Response.json({ accessToken: 'x', expiresAt: '2036-01-01T00:00:00.000Z', person: {} }),
  '/api/students-events/parked?limit=200': Response.json({ items: [], next: null }),
  '/api/exams-events/parked?limit=200': Response.json({ items: [event], next: null }),
  '/api/grading-events/parked?limit=200': Response.json({ items: [{ ...event, consumer: 'grading' }], next: 'two' }),
  '/api/grading-events/parked?limit=200&cursor=two': Response.json({ items: [event], next: null }),
  '/api/notifier-events/parked?limit=200': Response.json(
    { kind: 'unavailable', message: 'This part does not answer.', requestId: '1' },
    { status: 503 },
  ),
}

test('a service that does not answer is named and hides no event of the others', async () => {
  const answer = (path: string) => Promise.resolve(answers[path]?.clone() ?? new Response(null, { status: 500 }))
  globalThis.fetch = Object.assign((path: unknown) => answer(String(path)), { preconnect: real.preconnect })
  const { events, unreachable } = await readParked()
  expect(events.map(({ service }) => service)).toEqual(['exams', 'grading', 'grading'])
  expect(unreachable.map(({ service }) => service)).toEqual(['notifier'])
})
