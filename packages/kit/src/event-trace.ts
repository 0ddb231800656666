import { activeSpan } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { readTraceContext, writeTraceparent } from '@hourglass/telemetry/trace-context'
import { toLink } from '@hourglass/telemetry/tracer'
import { SpanKind } from '@opentelemetry/api'
import { attributesOf, findTeller, type TracedEvent, takeSteps } from './event-steps'
import type { Instruments } from './instruments'

export { leaveTold, leaveUntried } from './event-steps'

/** Where in which trace this is being done, as an event carries it (W3C `traceparent`); `null` where nothing is traced. */
export function currentTraceparent(): string | null {
  const span = activeSpan()
  return span && writeTraceparent(span.place)
}

/** As `currentTraceparent`, for each of several events by their data: what follows from an event goes on in its trace. */
export function currentTraceparents(): (data: unknown) => string | null {
  const tellerOf = findTeller()
  return (data) => {
    const span = tellerOf(data)
    return span && writeTraceparent(span.place)
  }
}

/** What a log line says of where an event was told, by what the event carries. */
export function idsOfTeller(traceparent: string | null | undefined): { trace_id?: string; span_id?: string } {
  const teller = readTraceContext(traceparent)
  return teller ? { trace_id: teller.traceId, span_id: teller.spanId } : {}
}

/** Of so many tellers at the most a trace says where they told it. */
const mostLinks = 32

/**
 * Takes events of one name in as a trace of its own, linked to where they were told: they may be taken days later, by many, and
 * again. It is kept if one of those is, and then each has its span in the trace in which it was told, too.
 */
export async function traceConsumption<T>(
  { tracer }: Instruments,
  consumer: string,
  events: readonly TracedEvent[],
  work: (traceId: string | null) => Promise<T>,
): Promise<T> {
  const [event] = events
  if (!tracer || !event) return work(null)
  const tellers = events.flatMap(({ traceparent }) => readTraceContext(traceparent) ?? [])
  const links = tellers.toSorted((one, other) => Number(other.isSampled) - Number(one.isSampled)).slice(0, mostLinks)
  // Not of the kind CONSUMER: a map of services would have it come from somebody outside.
  return tracer.runRoot({ name: `consume ${event.name}`, kind: SpanKind.INTERNAL, links }, (root) => {
    const count = String(events.length)
    const group = { 'messaging.consumer.group.name': consumer, 'messaging.batch.message_count': count }
    root.attributes = attributesOf(event, group)
    const { isSampled, traceId } = root.trace
    if (!isSampled) return work(null)
    return takeSteps(tracer, consumer, events, { root, work: () => work(traceId) })
  })
}

/** Does later what was decided in a trace (`currentTraceparents`): as a part of that one, if it is kept. */
export function traceConsequence<T>(
  { tracer }: Instruments,
  traceparent: string | null,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const from = readTraceContext(traceparent)
  if (!tracer || !from?.isSampled) return work()
  return tracer.runRoot({ name, kind: SpanKind.INTERNAL, from }, work)
}

/** Publishes an event as a part of what is being done, linked to where it was told. */
export async function tracePublication(
  { tracer }: Instruments,
  event: TracedEvent,
  work: () => Promise<void>,
): Promise<void> {
  const span: Span | null = tracer?.startPart(`publish ${event.name}`) ?? null
  if (!tracer || !span) return work()
  span.attributes = attributesOf(event, {})
  const teller = readTraceContext(event.traceparent)
  if (teller) span.addLink(toLink(teller))
  return tracer.run(span, work)
}
