import { afterAll, describe, expect, test } from 'bun:test'
import { tokenFor } from '@hourglass/testing/service'
import { openRoom } from '../../fixtures/room'
import type { Attempt } from '../model'
import { sealDue } from '../seal/sealer'

const room = await openRoom()
afterAll(() => room.close())
const { teacher } = room
const exam = await room.schedule({ limitSeconds: 3_600 })

/** Reads an attempt's events as they come. */
async function listen(attempt: Attempt) {
  const abort = new AbortController()
  const response = await room.app.handle(
    new Request(`http://localhost/api/attempts/${attempt.attemptId}/stream`, {
      headers: { authorization: `Seat ${attempt.seatToken}` },
      signal: abort.signal,
    }),
  )
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('no stream')
  let buffer = ''
  const next = async (): Promise<string | null> => {
    while (!buffer.includes('\n\n')) {
      const { done, value } = await reader.read()
      if (done) return null
      buffer += value
    }
    const end = buffer.indexOf('\n\n')
    const block = buffer.slice(0, end)
    buffer = buffer.slice(end + 2)
    return block
  }
  return { response, next, stop: () => abort.abort() }
}
const dataOf = (block: string | null): { deadline: string; serverTime: string; seatToken: string | null } =>
  JSON.parse(block?.split('data: ')[1] ?? '{}')

describe('the stream of an attempt', () => {
  test('tells clock, pause, resumption and seal, and ends', async () => {
    const attempt = await room.start(exam.examId, await room.addStudent())
    const { response, next } = await listen(attempt)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const clock = await next()
    expect(clock).toStartWith('event: clock')
    expect(dataOf(clock).deadline).toBe(attempt.deadline ?? '')
    await room.call('POST', `/api/attempts/${attempt.attemptId}/pause`, { as: teacher, body: {} })
    expect(await next()).toStartWith('event: paused')
    await room.call('POST', `/api/attempts/${attempt.attemptId}/resume`, { as: teacher, body: {} })
    expect(await next()).toStartWith('event: resumed')
    await room.call('POST', `/api/attempts/${attempt.attemptId}/submit`, { as: `Seat ${attempt.seatToken}` })
    expect(await next()).toStartWith('event: sealed')
    expect(await next()).toBeNull()
  })

  test('an extension shows within 2 s, with a seat that lasts as long', async () => {
    const who = await room.addStudent()
    const attempt = await room.start(exam.examId, who)
    const { next, stop } = await listen(attempt)
    await next()
    const begun = performance.now()
    await room.tell('accommodation.changed', { personId: who.personId, revision: 1, timeFactor: '2', extraMinutes: 0 })
    const { deadline, seatToken } = dataOf(await next())
    expect(performance.now() - begun).toBeLessThan(2_000)
    expect(Date.parse(deadline) - Date.parse(attempt.deadline ?? '')).toBe(3_600_000)
    const claims = JSON.parse(Buffer.from(seatToken?.split('.')[1] ?? '', 'base64url').toString())
    expect(claims.exp).toBe(Math.ceil((Date.parse(deadline) + 10_000) / 1_000))
    stop()
  })

  test('a change whose message is lost is told all the same within 2 s', async () => {
    const attempt = await room.start(exam.examId, await room.addStudent())
    const { next } = await listen(attempt)
    await next()
    const begun = performance.now()
    await room.age(attempt.attemptId, 3_601)
    await sealDue(room.db)
    expect(await next()).toMatch(/^event: (sealed|clock)/)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test('streams end when the replica drains, with a time to come again', async () => {
    const attempt = await room.start(exam.examId, await room.addStudent())
    const { next } = await listen(attempt)
    await next()
    room.deps.service.readiness.state = 'draining'
    expect(await next()).toMatch(/^retry: \d+$/)
    expect(await next()).toBeNull()
    room.deps.service.readiness.state = 'ready'
  })

  test("nobody listens to another's attempt", async () => {
    const attempt = await room.start(exam.examId, await room.addStudent())
    const other = await tokenFor(await room.addStudent())
    const path = `/api/attempts/${attempt.attemptId}/stream`
    expect((await room.call('GET', path, { as: other })).status).toBe(404)
    expect((await room.call('GET', path)).status).toBe(401)
  })
})
