import { activeSpan } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { readTraceContext } from '@hourglass/telemetry/trace-context'
import type { Tracer } from '@hourglass/telemetry/tracer'
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { Instruments } from './instruments'

/** An event as far as traces know it: `data` only for which attempt it is about. */
export type TracedEvent = { id: string; name: string; traceparent?: string | null | undefined; data?: unknown }

/** `known`: taken before. `parked`: set aside before anybody could try it. */
export type Outcome = 'taken' | 'failed' | 'known' | 'parked'

/** `isAlone`: no other event came with it, kept or not, so that all follows from it. */
type Steps = readonly { event: TracedEvent; span: Span; isAlone: boolean }[]

/** By its data, what is told in the trace of a work that is done for several: the span of the one among them that it follows from. */
type TellerOf = (data: unknown) => Span | undefined
const tellersOf = new WeakMap<Span['trace'], TellerOf>()

/** What is told in the trace of `work` about an attempt follows from what was asked for it. */
export function tellByAttempt(work: Span, askers: ReadonlyMap<unknown, Span>): void {
  tellersOf.set(work.trace, (data) => askers.get(attemptOf(data)))
}

/**
 * Leaves, in the trace in which an event was told, a span for each of its hearers, if that trace is kept. A span for each, since a
 * map of services makes one arrow of a span and the first that answers it.
 * @param startedAt when its publication began, by `performance.now()`
 */
export function leaveTold(
  { tracer }: Instruments,
  event: TracedEvent,
  hearers: readonly string[],
  startedAt: number,
): void {
  const from = readTraceContext(event.traceparent)
  if (!tracer || !from?.isSampled) return
  for (const hearer of hearers) {
    const name = `tell ${event.name}`
    const span = tracer.startRoot({ name, kind: SpanKind.PRODUCER, from, spanId: idOfTold(event, hearer), startedAt })
    span.attributes = stepAttributes(event, hearer, 'send')
    span.end()
  }
}

/** Leaves the word that an event came and was not worked on, in the trace in which it was told, if that is kept. */
export function leaveUntried(
  { tracer }: Instruments,
  consumer: string,
  event: TracedEvent,
  outcome: 'known' | 'parked',
): void {
  const step = tracer && beginStep(tracer, consumer, event)
  if (step) endStep(step, outcome)
}

/**
 * Does `work` of the active trace for events that came together. Each has a span of its own in the trace in which it was told, if that
 * is kept, with a link to the work; whatever is told meanwhile goes on from there.
 */
export async function takeSteps<T>(
  tracer: Tracer,
  consumer: string,
  events: readonly TracedEvent[],
  { root, work }: { root: Span; work: () => Promise<T> },
): Promise<T> {
  const steps = events.flatMap((event) => {
    const span = beginStep(tracer, consumer, event)
    return span ? [{ event, span, isAlone: events.length === 1 }] : []
  })
  if (steps.length === 0) return work()
  for (const { span } of steps) span.linkTo(root)
  tellersOf.set(root.trace, tellerOfSteps(steps))
  try {
    const result = await work()
    for (const { span } of steps) endStep(span, 'taken')
    return result
  } catch (error) {
    for (const { span } of steps) endStep(span.fail(error), 'failed')
    throw error
  }
}

/**
 * Of which span what is told now is a consequence, by its data: of the event that is being taken (of several: the one about the same
 * attempt), of the request about it that a batch holds, else of what is being done.
 */
export function findTeller(): (data: unknown) => Span | null {
  const active = activeSpan()
  const tellerOf = active && tellersOf.get(active.trace)
  return (data) => tellerOf?.(data) ?? active
}

function tellerOfSteps(steps: Steps): TellerOf {
  const [first] = steps
  if (first?.isAlone) return () => first.span
  const byAttempt = new Map(steps.map(({ event, span }) => [attemptOf(event.data), span]))
  byAttempt.delete(undefined)
  return (data) => byAttempt.get(attemptOf(data))
}

function beginStep(tracer: Tracer, consumer: string, event: TracedEvent): Span | null {
  const teller = readTraceContext(event.traceparent)
  if (!teller?.isSampled) return null
  const from = { ...teller, spanId: idOfTold(event, consumer) }
  const span = tracer.startRoot({ name: `take ${event.name}`, kind: SpanKind.CONSUMER, from })
  span.attributes = stepAttributes(event, consumer, 'process')
  return span
}

function endStep(span: Span, outcome: Outcome): void {
  span.setAttribute('hourglass.event.outcome', outcome)
  if (outcome === 'parked') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome })
  span.end()
}

/**
 * The id of the span by which an event went to a hearer. Both sides work it out, so that nothing more travels: not by the broker, in
 * feeds or in the tables of events that are tried again.
 */
const idOfTold = ({ id }: TracedEvent, hearer: string): string =>
  Bun.hash.xxHash64(`${id} ${hearer}`).toString(16).padStart(16, '0')

/** By OpenTelemetry's conventions for messaging. */
export const attributesOf = ({ id, name }: TracedEvent, more: Attributes): Attributes => ({
  'messaging.system': 'hourglass',
  'messaging.destination.name': name,
  'messaging.message.id': id,
  ...more,
})

const stepAttributes = (event: TracedEvent, hearer: string, operation: 'send' | 'process') =>
  attributesOf(event, { 'messaging.operation.type': operation, 'messaging.consumer.group.name': hearer })

function attemptOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'attemptId' in data ? data.attemptId : undefined
}
