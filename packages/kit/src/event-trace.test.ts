import { expect, spyOn, test } from 'bun:test'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { SpanKind } from '@opentelemetry/api'
import { currentTraceparent, currentTraceparents, leaveTold, leaveUntried, traceConsumption } from './event-trace'
import { silentInstruments } from './instruments'

const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const other = '00-1bf7651916cd43dd8448eb211c80319d-b7ad6b7169203332-01'
const unsampled = sampled.replace(/01$/, '00')
const traceIdOf = (traceparent: string | null | undefined) => traceparent?.split('-')[1]

function createWorld() {
  const kept = createTestTracer({ ratio: 0, service: 'grading' })
  return { ...kept, instruments: { ...silentInstruments(), tracer: kept.tracer } }
}
const eventAbout = (attemptId: string, traceparent: string) => ({
  ...{ id: Bun.randomUUIDv7(), name: 'attempt.sealed', traceparent, data: { attemptId } },
})
/** What is told while the events are taken together, about each of these attempts. */
const tellAbout = async ({ instruments }: ReturnType<typeof createWorld>, events: Parameters<typeof eventAbout>[]) =>
  traceConsumption(
    instruments,
    'grading',
    events.map((each) => eventAbout(...each)),
    async () => {
      const traceparentOf = currentTraceparents()
      return ['a', 'b', 'c'].map((attemptId) => traceparentOf({ attemptId }))
    },
  )

test('the span by which an event was told and the one that takes it find each other by its id and its hearer', async () => {
  const { instruments, spans } = createWorld()
  const event = eventAbout('a', sampled)
  leaveTold(instruments, event, ['grading', 'students'], performance.now())
  await traceConsumption(instruments, 'grading', [event], async () => {})
  leaveUntried(instruments, 'students', event, 'known')
  const shape = spans.map(({ name, kind, spanId, parentSpanId }) => ({ name, kind, spanId, parentSpanId }))
  const [toGrading, toStudents] = shape
  expect(shape).toMatchObject([
    ...Array(2).fill({ name: 'tell attempt.sealed', kind: SpanKind.PRODUCER, parentSpanId: 'b7ad6b7169203331' }),
    { name: 'take attempt.sealed', kind: SpanKind.CONSUMER, parentSpanId: toGrading?.spanId },
    { name: 'consume attempt.sealed', kind: SpanKind.INTERNAL, parentSpanId: null },
    { name: 'take attempt.sealed', kind: SpanKind.CONSUMER, parentSpanId: toStudents?.spanId },
  ])
  expect(toGrading?.spanId).toMatch(/^[0-9a-f]{16}$/)
  expect(toGrading?.spanId).not.toBe(toStudents?.spanId)
})

test('what is told while one event is taken goes on from it, whatever it is about', async () => {
  const world = createWorld()
  const told = await tellAbout(world, [['a', sampled]])
  const [take] = world.spans
  expect(new Set(told)).toEqual(new Set([`00-${traceIdOf(sampled)}-${take?.spanId}-01`]))
})

test('while several are taken together it goes on from the one about the same attempt, and else from the work', async () => {
  const world = createWorld()
  const [a, b, c] = await tellAbout(world, [
    ['a', sampled],
    ['b', other],
  ])
  expect([traceIdOf(a), traceIdOf(b)]).toEqual([traceIdOf(sampled), traceIdOf(other)])
  const work = world.spans.find(({ name }) => name.startsWith('consume'))
  expect(c).toBe(`00-${work?.trace.traceId}-${work?.spanId}-01`)
})

test('one that is kept among others that are not has its span, and those have none', async () => {
  const world = createWorld()
  const many = Array.from({ length: 40 }, (): [string, string] => ['b', unsampled])
  const [a, b] = await tellAbout(world, [...many, ['a', sampled]])
  expect(traceIdOf(a)).toBe(traceIdOf(sampled))
  expect(world.names()).toEqual(['take attempt.sealed', 'consume attempt.sealed'])
  expect(traceIdOf(b)).toBe(world.spans[1]?.trace.traceId)
  // Where more told than a span may link to, those that are kept come first.
  expect(world.spans[1]?.allLinks[0]?.context.traceFlags).toBe(1)
})

test('where no trace is kept, no span is made but that of the work', async () => {
  const world = createWorld()
  const begun = spyOn(world.tracer, 'startRoot')
  const event = eventAbout('a', unsampled)
  leaveTold(world.instruments, event, ['grading'], performance.now())
  leaveUntried(world.instruments, 'grading', event, 'known')
  const told = await traceConsumption(world.instruments, 'grading', [event], async () => currentTraceparents()({}))
  expect(traceIdOf(told)).not.toBe(traceIdOf(unsampled))
  expect(told).toEndWith('-00')
  expect(world.spans).toEqual([])
  expect(begun).toHaveBeenCalledTimes(1)
  expect(currentTraceparent()).toBeNull()
})

test('one that fails leaves the kind of its failure, and what fails is thrown', async () => {
  const { instruments, spans } = createWorld()
  const failing = traceConsumption(instruments, 'grading', [eventAbout('a', sampled)], () =>
    Promise.reject(new RangeError('of a secret')),
  )
  await expect(failing).rejects.toThrow('of a secret')
  const [take] = spans
  expect(take?.attributes).toMatchObject({ 'hourglass.event.outcome': 'failed' })
  expect(take?.status.message).toBe('RangeError')
})
