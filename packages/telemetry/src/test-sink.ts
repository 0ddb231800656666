import type { SpanSink } from './trace/local-trace'
import type { Span } from './trace/span'
import { Tracer } from './trace/tracer'

/** A tracer whose kept spans stay in `spans`. */
export function createTestTracer(options: { ratio?: number; slowMs?: number; service?: string } = {}) {
  const { ratio = 0, slowMs = 1_000, service = 'test' } = options
  const spans: Span[] = []
  const drops = new Map<string, number>()
  const sink: SpanSink = {
    take: (taken) => void spans.push(...taken),
    drop: (count, reason) => void drops.set(reason, (drops.get(reason) ?? 0) + count),
  }
  const tracer = new Tracer({ ratio, slowMs, sink, resource: { service, version: '1.2.3', instanceId: 'i-1' } })
  return { tracer, spans, drops, names: () => spans.map(({ name }) => name) }
}
