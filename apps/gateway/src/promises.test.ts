import { afterAll, expect, test } from 'bun:test'
import {
  ConflictError,
  NotFoundError,
  TooManyRequestsError,
  UnauthorisedError,
  UnavailableError,
  UnprocessableError,
} from '@hourglass/kit/errors'
import { errors } from '@hourglass/kit/errors-plugin'
import { silentLogger } from '@hourglass/kit/logger'
import { renderMetrics } from '@hourglass/kit/metrics'
import { Elysia } from 'elysia'
import { defaultLimits } from './admission'
import { defaultRateLimits } from './rate-limit'
import { startGateway } from './test-gateway'
import { createLocalUpstream } from './upstream'

/** What the services do, by the id of the question, or the word that stands for an address of mail. */
const trouble: Record<string, () => unknown> = {
  stored: () => ({ seq: 1 }),
  slow: () => Bun.sleep(1_100).then(() => ({ seq: 1 })),
  'too-late': () => Promise.reject(new ConflictError('too-late', 'The attempt had ended.')),
  paused: () => Promise.reject(new ConflictError('paused', 'The attempt is paused.')),
  wrong: () => Promise.reject(new UnprocessableError('wrong-answer-form', 'Not an answer.')),
  another: () => Promise.reject(new NotFoundError('attempt')),
  busy: () => Promise.reject(new UnavailableError('Too many answers are being stored.', 1, 'busy')),
  broken: () => Promise.reject(new Error('the disk is full')),
  never: () => Bun.sleep(10_000),
  'wrong-password': () => Promise.reject(new UnauthorisedError('Not right.', 'wrong-credentials')),
  'locked-out': () => Promise.reject(new TooManyRequestsError('Too many failed sign-ins.', 5, 'locked-out')),
}
const service = new Elysia()
  .use(errors(silentLogger()))
  .put('/api/attempts/:id/answers/:what', ({ params }) => trouble[params.what]?.())
  .put('/api/attempts/:id/flags', () => ({}))
  .post('/api/sessions', ({ body }) => trouble[String(body)]?.(), { parse: 'text' })
  .post('/api/sessions/refresh', () => ({}))
const upstream = createLocalUpstream(service)

const gateways: ReturnType<typeof startGateway>[] = []
afterAll(() => Promise.all(gateways.map(({ stop }) => stop())))

function open(given: Parameters<typeof startGateway>[0] = {}) {
  const gateway = startGateway({ upstreams: { exams: upstream, students: upstream }, ...given })
  gateways.push(gateway)
  const send = async (method: string, path: string, body: string, signal?: AbortSignal) => {
    const init = { method, body, headers: { 'content-type': 'text/plain' }, ...(signal && { signal }) }
    return (await fetch(`${gateway.url}${path}`, init)).status
  }
  return {
    save: (what: string, signal?: AbortSignal) => send('PUT', `/api/attempts/1/answers/${what}`, 'x', signal),
    signIn: (what: string, signal?: AbortSignal) => send('POST', '/api/sessions', what, signal),
    send,
    /** Events counted so far that are not 0. */
    counted: (sli: string) => {
      const text = renderMetrics(gateway.deps.service.metrics.registry)
      const found = [...text.matchAll(/^slo_events_total\{sli="([\w-]+)",outcome="(\w+)",service="test"\} (\d+)$/gm)]
      const own = found.filter(([, name, , count]) => name === sli && count !== '0')
      return Object.fromEntries(own.map(([, , outcome, count]) => [outcome, Number(count)]))
    },
    text: () => renderMetrics(gateway.deps.service.metrics.registry),
  }
}

test('every outcome is there as 0 before anything happened', () => {
  const { text } = open()
  for (const sli of ['saves', 'sign-ins']) {
    for (const outcome of ['good', 'slow', 'refused', 'timeout', 'failed']) {
      expect(text()).toContain(`slo_events_total{sli="${sli}",outcome="${outcome}",service="test"} 0`)
    }
  }
  expect(text()).toContain('slo_events_total{sli="requests",outcome="failed",service="test"} 0')
})

test('a save that is stored within a second is good, a later one is not', async () => {
  const { save, counted } = open()
  expect(await Promise.all([save('stored'), save('stored'), save('slow')])).toEqual([200, 200, 200])
  expect(counted('saves')).toEqual({ good: 2, slow: 1 })
})

test('a save that is refused since the attempt has ended or is paused, or since it is wrong, is no event', async () => {
  const { save, counted, send } = open()
  expect(await Promise.all(['too-late', 'paused', 'wrong', 'another'].map((what) => save(what)))).toEqual([
    409, 409, 422, 404,
  ])
  await send('PUT', '/api/attempts/1/flags', '{}')
  expect(counted('saves')).toEqual({})
})

test('a save that the exam room refuses, fails, or does not answer in time is bad', async () => {
  const { save, counted } = open({ timeoutMs: 300 })
  expect(await Promise.all([save('busy'), save('broken'), save('never')])).toEqual([503, 500, 503])
  expect(counted('saves')).toEqual({ refused: 1, failed: 1, timeout: 1 })
  expect(counted('requests')).toEqual({ failed: 3 })
})

test('what the door itself turns away is bad as well', async () => {
  const full = open({ admissionLimits: { ...defaultLimits, save: 0, 'sign-in': 0 } })
  expect(await Promise.all([full.save('stored'), full.signIn('stored')])).toEqual([503, 503])
  expect([full.counted('saves'), full.counted('sign-ins')]).toEqual([{ refused: 1 }, { refused: 1 }])
  const none = { perAddress: 0, perAccount: 0 }
  const strict = open({ rateLimits: { ...defaultRateLimits, save: none, 'sign-in': none } })
  expect(await Promise.all([strict.save('stored'), strict.signIn('stored')])).toEqual([429, 429])
  expect([strict.counted('saves'), strict.counted('sign-ins')]).toEqual([{ refused: 1 }, { refused: 1 }])
})

test('whoever goes away at once is no event; a save goes on without its sender, and has its second', async () => {
  const { save, signIn, counted } = open({ timeoutMs: 1_300 })
  const goneAtOnce = () => AbortSignal.timeout(100)
  await Promise.all([save('never', goneAtOnce()), signIn('never', goneAtOnce())].map((each) => each.catch(() => null)))
  expect(await save('stored')).toBe(200)
  const until = Date.now() + 5_000
  while (!counted('saves').slow && Date.now() < until) await Bun.sleep(50)
  expect([counted('saves'), counted('sign-ins')]).toEqual([{ good: 1, slow: 1 }, {}])
})

test('a sign-in is good with the right password; a wrong one, and too many of them, are no event', async () => {
  const { signIn, send, counted } = open()
  expect(
    await Promise.all(['stored', 'wrong-password', 'locked-out', 'busy', 'slow'].map((what) => signIn(what))),
  ).toEqual([200, 401, 429, 503, 200])
  await send('POST', '/api/sessions/refresh', '')
  expect(counted('sign-ins')).toEqual({ good: 2, refused: 1 })
})
