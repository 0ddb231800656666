/** A span as a collector got it; ids in hexadecimal digits. */
export type CollectedSpan = {
  service: string
  name: string
  traceId: string
  spanId: string
  parentSpanId: string
  links: { traceId: string; spanId: string }[]
}

/** Takes spans as an OpenTelemetry collector does, by OTLP over HTTP in protobuf, and keeps them. */
export function startCollector() {
  const spans: CollectedSpan[] = []
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      if (new URL(request.url).pathname !== '/v1/traces') return new Response(null, { status: 404 })
      spans.push(...readSpans(await request.bytes()))
      return new Response(null, { headers: { 'content-type': 'application/x-protobuf' } })
    },
  })
  return { endpoint: `http://127.0.0.1:${server.port}`, spans, stop: () => server.stop(true) }
}

/** The numbers of the fields are those of opentelemetry-proto's `trace.proto`. */
function readSpans(body: Uint8Array): CollectedSpan[] {
  return fieldsOf(body)
    .of(1)
    .flatMap((resourceSpans) => {
      const { of } = fieldsOf(resourceSpans)
      const service = serviceIn(of(1)[0])
      return of(2).flatMap((scopeSpans) =>
        fieldsOf(scopeSpans)
          .of(2)
          .map((span) => readSpan(service, span)),
      )
    })
}

function readSpan(service: string, bytes: Uint8Array): CollectedSpan {
  const { of } = fieldsOf(bytes)
  const hex = (field: number) => of(field)[0]?.toHex() ?? ''
  const links = of(13).map((link) => {
    const [traceId, spanId] = [1, 2].map((field) => fieldsOf(link).of(field)[0]?.toHex() ?? '')
    return { traceId: traceId ?? '', spanId: spanId ?? '' }
  })
  return { service, name: textOf(of(5)[0]), traceId: hex(1), spanId: hex(2), parentSpanId: hex(4), links }
}

function serviceIn(resource: Uint8Array | undefined): string {
  for (const attribute of resource ? fieldsOf(resource).of(1) : []) {
    const [key, value] = [1, 2].map((field) => fieldsOf(attribute).of(field)[0])
    if (textOf(key) === 'service.name' && value) return textOf(fieldsOf(value).of(1)[0])
  }
  return ''
}

const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

/** The fields of a protobuf message that have a length: texts, bytes and messages. */
function fieldsOf(bytes: Uint8Array): { of: (field: number) => Uint8Array[] } {
  const found: { field: number; value: Uint8Array }[] = []
  let at = 0
  const varint = (): number => {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = bytes[at++] ?? 0
      value += (byte & 0x7f) * factor
      factor *= 0x80
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const [field, wireType] = [tag >>> 3, tag & 7]
    if (wireType === 0) varint()
    else if (wireType === 1) at += 8
    else if (wireType === 5) at += 4
    else {
      const size = varint()
      found.push({ field, value: bytes.subarray(at, at + size) })
      at += size
    }
  }
  return { of: (field) => found.filter((each) => each.field === field).map(({ value }) => value) }
}
