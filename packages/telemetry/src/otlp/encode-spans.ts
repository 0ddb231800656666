import type { Attributes, AttributeValue, Link } from '@opentelemetry/api'
import type { Resource } from '../trace/local-trace'
import type { Span } from '../trace/span'
import { ProtobufWriter } from './protobuf-writer'

/** The scope of all spans: who made them. */
const scopeName = 'hourglass'

// In a span's flags (trace.proto): whether it is known that its parent lies in another process, and whether it does.
const knowsRemote = 0x100
const isRemote = 0x200

/**
 * Spans as an `ExportTraceServiceRequest` of OTLP 1 (opentelemetry-proto, trace/v1/trace.proto), by resource.
 * @param clockMs what to add to `performance.now()` for milliseconds since 1970
 */
export function encodeSpans(spans: readonly Span[], clockMs: number): Uint8Array<ArrayBuffer> {
  const writer = new ProtobufWriter()
  for (const [resource, own] of Map.groupBy(spans, (span) => span.resource)) {
    writer.message(1, () => {
      writer.message(1, () => {
        writeAttributes(writer, 1, attributesOf(resource))
        writer.uint(2, 0)
      })
      writer.message(2, () => {
        writer.message(1, () => writer.text(1, scopeName))
        for (const span of own) writer.message(2, () => writeSpan(writer, span, clockMs))
      })
    })
  }
  return writer.finish()
}

/** OpenTelemetry's names for what a service is. */
export const attributesOf = ({ service, version, instanceId }: Resource): Attributes => ({
  'service.name': service,
  'service.namespace': 'hourglass',
  'service.version': version,
  'service.instance.id': instanceId,
})

function writeSpan(writer: ProtobufWriter, span: Span, clockMs: number): void {
  const { traceId, isSampled, traceState } = span.place
  const microseconds = (ms: number) => Math.round((clockMs + ms) * 1_000)
  writer.hex(1, traceId)
  writer.hex(2, span.spanId)
  if (traceState) writer.text(3, traceState)
  if (span.parentSpanId) writer.hex(4, span.parentSpanId)
  writer.text(5, span.name)
  // The API counts kinds from 0, the protocol from 1.
  writer.uint(6, span.kind + 1)
  writer.fixed64Thousands(7, microseconds(span.startedAt))
  writer.fixed64Thousands(8, microseconds(span.endedAt ?? span.startedAt))
  writeAttributes(writer, 9, span.attributes ?? {})
  writer.uint(10, span.droppedAttributes)
  for (const { name, atMs, attributes } of span.events ?? []) {
    writer.message(11, () => {
      writer.fixed64Thousands(1, microseconds(atMs))
      writer.text(2, name)
      writeAttributes(writer, 3, attributes)
      writer.uint(4, 0)
    })
  }
  writer.uint(12, span.droppedEvents)
  for (const link of span.allLinks) writer.message(13, () => writeLink(writer, link))
  writer.uint(14, span.droppedLinks)
  writer.message(15, () => {
    if (span.status.message) writer.text(2, span.status.message)
    writer.uint(3, span.status.code)
  })
  const isParentRemote = span.isRoot && span.trace.remote !== null
  writer.fixed32(16, (isSampled ? 1 : 0) | knowsRemote | (isParentRemote ? isRemote : 0))
}

function writeLink(writer: ProtobufWriter, { context, attributes }: Link): void {
  writer.hex(1, context.traceId)
  writer.hex(2, context.spanId)
  writeAttributes(writer, 4, attributes ?? {})
  writer.uint(5, 0)
  writer.fixed32(6, context.traceFlags | knowsRemote | (context.isRemote ? isRemote : 0))
}

function writeAttributes(writer: ProtobufWriter, field: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue
    writer.message(field, () => {
      writer.text(1, key)
      writer.message(2, () => writeValue(writer, value))
    })
  }
}

function writeValue(writer: ProtobufWriter, value: AttributeValue | null | undefined): void {
  if (typeof value === 'string') writer.text(1, value)
  else if (typeof value === 'boolean') writer.uint(2, value ? 1 : 0)
  else if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) writer.int(3, value)
    else writer.double(4, value)
  } else if (Array.isArray(value)) {
    writer.message(5, () => {
      for (const each of value) writer.message(1, () => writeValue(writer, each))
    })
  }
}
