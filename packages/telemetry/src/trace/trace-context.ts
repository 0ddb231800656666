/** Where a trace comes from or goes on: W3C Trace Context, level 1. */
export type TraceContext = { traceId: string; spanId: string; isSampled: boolean; traceState: string | null }

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/
const maxStateLength = 512

/**
 * Reads `traceparent` (and `tracestate`, which is passed on as it is, up to 512 characters). `null` where it has not the form of
 * the recommendation: then a new trace begins.
 */
export function readTraceContext(
  traceparent: string | null | undefined,
  traceState: string | null = null,
): TraceContext | null {
  if (!traceparent || traceparent.length > 256) return null
  const [, version = '', traceId = '', spanId = '', flags = ''] = form.exec(traceparent) ?? []
  if (version === '' || version === 'ff' || (version === '00' && traceparent.length !== 55)) return null
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  const state = traceState !== null && traceState.length <= maxStateLength ? traceState : null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1, traceState: state }
}

export const writeTraceparent = ({ traceId, spanId, isSampled }: Omit<TraceContext, 'traceState'>): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`
