export type Forwarding = { clientAddress: string; protocol: 'http' | 'https'; host: string; requestId: string }

// What only the gateway may say, or what belongs to one connection (RFC 9110, 7.6.1).
const refusedPrefix = /^(?:x-(?:user|forwarded|hourglass)|proxy)-/
const refusedNames = new Set([
  'connection',
  'forwarded',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'content-length',
  'accept-encoding',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method-override',
  // The gateway goes on with a trace by its own headers.
  'traceparent',
  'tracestate',
  'baggage',
])

/** The headers a service gets: the caller's, without any that claim an identity, and with what the gateway itself knows. */
export function forwardedHeaders(given: Headers, forwarding: Forwarding): Headers {
  const headers = new Headers()
  const named = namedBy(given.get('connection'))
  for (const [name, value] of given) {
    if (refusedNames.has(name) || named?.has(name) || refusedPrefix.test(name)) continue
    headers.set(name, value)
  }
  headers.set('host', forwarding.host)
  headers.set('x-forwarded-for', forwarding.clientAddress)
  headers.set('x-forwarded-proto', forwarding.protocol)
  headers.set('x-forwarded-host', forwarding.host)
  headers.set('x-request-id', forwarding.requestId)
  return headers
}

const namedBy = (connection: string | null): ReadonlySet<string> | null =>
  connection === null ? null : new Set(connection.split(',').map((name) => name.trim().toLowerCase()))
