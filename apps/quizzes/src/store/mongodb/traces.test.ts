import { afterAll, expect, test } from 'bun:test'
import { silentInstruments } from '@hourglass/kit/instruments'
import { renderMetrics } from '@hourglass/kit/metrics'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { sharedMongodb } from '@hourglass/testing/servers'
import { SpanKind } from '@opentelemetry/api'
import { connectMongodb } from './connect'

const { tracer, spans } = createTestTracer({ ratio: 1 })
const instruments = { ...silentInstruments(), tracer }
const url = new URL(await sharedMongodb())
url.pathname = `/traces_${Bun.randomUUIDv7().replaceAll('-', '')}`
const { db, close } = connectMongodb({ url: url.toString(), instruments })
afterAll(async () => {
  await db.dropDatabase()
  await close()
}, 60_000)

test('a command is a span of the request that it is for, named by its collection and never by a value', async () => {
  const root = tracer.startRoot({ name: 'GET /api/quizzes', kind: SpanKind.SERVER })
  await tracer.run(root, async () => {
    await db.collection('quizzes').insertOne({ title: 'CANARY' })
    await db.collection('quizzes').findOne({ title: 'CANARY' })
  })
  expect(spans.map(({ name, parent }) => [name, parent?.name])).toEqual([
    ['insert quizzes', 'GET /api/quizzes'],
    ['find quizzes', 'GET /api/quizzes'],
    ['GET /api/quizzes', undefined],
  ])
  expect(JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]))).not.toContain('CANARY')
  expect(renderMetrics(instruments.metrics.registry)).toContain(
    'database_statement_duration_seconds_count{pool="quizzes",operation="find",service="silent"} 1\n',
  )
}, 60_000)

test('one that fails says so', async () => {
  spans.length = 0
  const root = tracer.startRoot({ name: 'GET /api/quizzes', kind: SpanKind.SERVER })
  const failing = tracer.run(root, () => db.command({ noSuchCommand: 1 }))
  await expect(failing).rejects.toThrow()
  expect(spans[0]?.name).toBe('noSuchCommand')
  expect(spans[0]?.status.code).toBe(2)
}, 60_000)
