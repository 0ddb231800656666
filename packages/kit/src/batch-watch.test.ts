import { expect, test } from 'bun:test'
import { activeSpan, runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { SpanKind } from '@opentelemetry/api'
import { createBatchWatches, type Ticket } from './batch-watch'
import { currentTraceparents } from './event-trace'
import { silentInstruments } from './instruments'
import { renderMetrics } from './metrics'

function createWorld(count: number) {
  const { tracer, spans, names } = createTestTracer({ ratio: 0 })
  const instruments = { ...silentInstruments(), tracer }
  const watch = createBatchWatches(instruments)('answers')
  const askers = Array.from({ length: count }, () => tracer.startRoot({ name: 'PUT /save', kind: SpanKind.SERVER }))
  const tickets = askers.map((asker): Ticket => runWith(asker, watch.enter))
  return { tracer, instruments, spans, names, watch, askers, tickets }
}
const linksOf = (span: Span | undefined) => span?.allLinks.map(({ context }) => context.spanId)

test('a batch is a trace of its own, linked to the saves in it, and kept with any of them', async () => {
  const { watch, askers, tickets, spans, names } = createWorld(3)
  await watch.run(tickets, async () => activeSpan()?.startChild('INSERT exams.answers').end())
  askers[0]?.end()
  expect(spans).toEqual([])
  askers[1]?.trace.keep('marked')
  askers[1]?.end()
  expect(names()).toEqual(['store answers', 'PUT /save', 'INSERT exams.answers', 'commit answers'])
  const [piece, , insert, commit] = spans
  // Not to the others, of which nobody will see anything.
  expect(linksOf(commit)).toEqual([askers[1]?.spanId ?? ''])
  expect(linksOf(piece)).toEqual([commit?.spanId ?? ''])
  expect(piece?.parent).toBe(askers[1] ?? null)
  expect(insert?.parent).toBe(commit ?? null)
  expect(commit?.trace.traceId).not.toBe(piece?.trace.traceId)
})

test('one that fails is kept with every save in it, each of which says that it failed', async () => {
  const { watch, askers, tickets, names } = createWorld(2)
  await expect(watch.run(tickets, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  for (const asker of askers) asker.end()
  expect(names()).toEqual(['commit answers', 'store answers', 'PUT /save', 'store answers', 'PUT /save'])
})

test('it has 32 links at most', async () => {
  const { watch, tickets, askers, spans } = createWorld(100)
  await watch.run(tickets, async () => {})
  for (const asker of askers) asker.trace.keep('marked')
  askers[99]?.end()
  const commit = spans.find(({ name }) => name === 'commit answers')
  expect(commit?.allLinks).toHaveLength(32)
})

test('what goes on with one save does so in its name again', async () => {
  const { watch, askers, tickets } = createWorld(1)
  await watch.run(tickets, async () => {
    const [ticket] = tickets
    if (ticket) watch.resume(ticket, () => expect(activeSpan()).toBe(askers[0] ?? null))
  })
})

test('what is told in it about an attempt goes on in the trace of the request about that attempt', async () => {
  const { watch, askers } = createWorld(2)
  const tickets = askers.map((asker, index) => runWith(asker, () => watch.enter(`attempt ${index}`)))
  const told = await watch.run(tickets, async () => {
    const traceparentOf = currentTraceparents()
    return ['attempt 0', 'attempt 1', 'another'].map((attemptId) => traceparentOf({ attemptId })?.split('-')[1])
  })
  const [first, second] = askers.map(({ trace }) => trace.traceId)
  expect(told.slice(0, 2)).toEqual([first, second])
  expect([first, second, undefined]).not.toContain(told[2])
})

test('its size and duration are measured, traced or not', async () => {
  const traced = createWorld(3)
  await traced.watch.run(traced.tickets, async () => {})
  const untraced = silentInstruments()
  const watch = createBatchWatches(untraced)('answers')
  await watch.run([watch.enter(), watch.enter(), watch.enter()], async () => {})
  for (const { metrics } of [traced.instruments, untraced]) {
    const text = renderMetrics(metrics.registry)
    expect(text).toContain('group_commit_batch_size_sum{batch="answers",service="silent"} 3\n')
    expect(text).toContain('group_commit_duration_seconds_count{batch="answers",service="silent"} 1\n')
  }
})
