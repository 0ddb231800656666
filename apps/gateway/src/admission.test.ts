import { expect, test } from 'bun:test'
import { renderMetrics } from '@hourglass/kit/metrics'
import { Elysia } from 'elysia'
import { createAdmission } from './admission'
import { startGateway } from './test-gateway'
import { createLocalUpstream } from './upstream'

const limits = { save: 4, start: 3, read: 2, bulk: 1, 'sign-in': 2 }

test('the least urgent class is refused first and the places above it stay free', async () => {
  const admission = createAdmission({ limits, waitMs: 5 })
  await admission.enter('bulk')
  await expect(admission.enter('bulk')).rejects.toThrow('busy')
  await admission.enter('read')
  await expect(admission.enter('read')).rejects.toThrow('busy')
  await admission.enter('start')
  await admission.enter('save')
  await expect(admission.enter('save')).rejects.toThrow('busy')
  expect(admission.active()).toBe(4)
})

test('sign-ins take no place of those who start, and are bounded by themselves', async () => {
  const admission = createAdmission({ limits, waitMs: 5 })
  const leave = await admission.enter('sign-in')
  await admission.enter('sign-in')
  await expect(admission.enter('sign-in')).rejects.toThrow('busy')
  for (let index = 0; index < limits.start; index++) await admission.enter('start')
  leave()
  await admission.enter('sign-in')
  expect([admission.active('sign-in'), admission.active()]).toEqual([2, 5])
})

test('a free place goes to the most urgent of those who wait', async () => {
  const admission = createAdmission({ limits: { save: 1, start: 1, read: 1, bulk: 1, 'sign-in': 1 }, waitMs: 1_000 })
  const leave = await admission.enter('bulk')
  const order: string[] = []
  const waiting = (['bulk', 'start', 'save'] as const).map(async (priority) => {
    const leaveNext = await admission.enter(priority)
    order.push(priority)
    leaveNext()
  })
  leave()
  await Promise.all(waiting)
  expect(order).toEqual(['save', 'start', 'bulk'])
})

test('a refusal after the wait leaves no place behind in the queue', async () => {
  const admission = createAdmission({ limits: { save: 1, start: 1, read: 1, bulk: 1, 'sign-in': 1 }, waitMs: 5 })
  const leave = await admission.enter('save')
  await expect(admission.enter('save')).rejects.toThrow('busy')
  leave()
  leave()
  expect(admission.active()).toBe(0)
  await admission.enter('save')
  expect(admission.active()).toBe(1)
})

test('saves go on, all of them and fast, while lists flood the gateway', async () => {
  const slowList = new Elysia().get('/api/exams', async () => {
    await Bun.sleep(300)
    return { items: [] }
  })
  const app = slowList.put('/api/attempts/:id/answers/:question', () => ({ seq: 1 }))
  const gateway = startGateway({ upstreams: { exams: createLocalUpstream(app) } })
  try {
    const lists = Array.from({ length: 400 }, () => fetch(`${gateway.url}/api/exams`))
    const saves = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const startedAt = performance.now()
        const response = await fetch(`${gateway.url}/api/attempts/1/answers/2`, { method: 'PUT', body: '{}' })
        return { status: response.status, ms: performance.now() - startedAt }
      }),
    )
    const listAnswers = await Promise.all(lists)
    const refused = listAnswers.filter(({ status }) => status === 503)
    expect(saves.every(({ status }) => status === 200)).toBe(true)
    expect(refused.length).toBeGreaterThan(50)
    const waits = new Set(refused.map(({ headers }) => Number(headers.get('retry-after'))))
    expect([...waits].every((seconds) => seconds >= 1 && seconds <= 4)).toBe(true)
    expect(waits.size).toBeGreaterThan(1)
    const text = renderMetrics(gateway.deps.service.metrics.registry)
    expect(text).toMatch(/gateway_requests_shed_total\{[^}]*priority="bulk"[^}]*\} \d+/)
    expect(text).not.toMatch(/gateway_requests_shed_total\{[^}]*priority="save"/)
  } finally {
    await gateway.stop()
  }
})
