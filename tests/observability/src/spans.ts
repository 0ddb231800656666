import { randomBytes } from 'node:crypto'

export const newTraceId = (): string => randomBytes(16).toString('hex')
export const newSpanId = (): string => randomBytes(8).toString('hex')

const kinds = { server: 2, client: 3 }

/** Sends what a call of one service to another leaves behind: the caller's span, and below it that of who was called. */
export async function sendCall(
  otlpUrl: string,
  { traceId, from, to, route }: { traceId: string; from: string; to: string; route: string },
): Promise<void> {
  const end = Date.now() * 1_000_000
  const [parentSpanId, spanId] = [newSpanId(), newSpanId()]
  const span = (service: string, kind: keyof typeof kinds, ids: object, ms: number) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeSpans: [
      {
        spans: [
          {
            ...{ traceId, ...ids, kind: kinds[kind], name: `PUT ${route}` },
            ...{ startTimeUnixNano: String(end - ms * 1_000_000), endTimeUnixNano: String(end) },
            attributes: [{ key: 'http.route', value: { stringValue: route } }],
          },
        ],
      },
    ],
  })
  const response = await fetch(`${otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        span(from, 'client', { spanId: parentSpanId }, 12),
        span(to, 'server', { spanId, parentSpanId }, 9),
      ],
    }),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}
