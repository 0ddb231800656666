import { activeSpan } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { readTraceContext, writeTraceparent } from '@hourglass/telemetry/trace-context'
import { toLink } from '@hourglass/telemetry/tracer'
import { SpanKind } from '@opentelemetry/api'
import type { Instruments } from './instruments'

/** Where in which trace this is being done, as an event carries it (W3C `traceparent`); `null` where nothing is traced. */
export function currentTraceparent(): string | null {
  const span = activeSpan()
  return span && writeTraceparent(span.place)
}

/** What a log line says of where an event was told, by what the event carries. */
export function idsOfTeller(traceparent: string | null | undefined): { trace_id?: string; span_id?: string } {
  const teller = readTraceContext(traceparent)
  return teller ? { trace_id: teller.traceId, span_id: teller.spanId } : {}
}

type About = { id: string; name: string; traceparent?: string | null | undefined }

/** Of so many tellers at the most a trace says where they told it. */
const mostLinks = 32

/**
 * Takes events of one name in as a trace of its own, linked to where they were told: they may be taken days later, by many, and
 * again. It is kept if one of those is.
 */
export async function traceConsumption<T>(
  { tracer }: Instruments,
  consumer: string,
  events: readonly About[],
  work: (traceId: string | null) => Promise<T>,
): Promise<T> {
  const [event] = events
  if (!tracer || !event) return work(null)
  const links = events.slice(0, mostLinks).flatMap(({ traceparent }) => readTraceContext(traceparent) ?? [])
  const root = { name: `consume ${event.name}`, kind: SpanKind.CONSUMER, links }
  return tracer.runRoot(root, (span) => {
    const count = String(events.length)
    const group = { 'messaging.consumer.group.name': consumer, 'messaging.batch.message_count': count }
    span.attributes = attributesOf(event, group)
    return work(span.trace.isSampled ? span.trace.traceId : null)
  })
}

/** Publishes an event as a part of what is being done, linked to where it was told. */
export async function tracePublication(
  { tracer }: Instruments,
  event: About,
  work: () => Promise<void>,
): Promise<void> {
  const span: Span | null = tracer?.startPart(`publish ${event.name}`, SpanKind.PRODUCER) ?? null
  if (!tracer || !span) return work()
  span.attributes = attributesOf(event, {})
  const teller = readTraceContext(event.traceparent)
  if (teller) span.addLink(toLink(teller))
  return tracer.run(span, work)
}

const attributesOf = ({ id, name }: About, more: Record<string, string>) => ({
  'messaging.system': 'hourglass',
  'messaging.destination.name': name,
  'messaging.message.id': id,
  ...more,
})
