import { type Attributes, type Link, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { activeSpan, runDetached, runWith } from './active'
import { LocalTrace, type Resource, type TraceRules } from './local-trace'
import { Span } from './span'
import { readTraceContext, type TraceContext } from './trace-context'

export type TracerOptions = TraceRules & {
  resource: Resource
  /** Of traces that begin here, from 0 to 1. */
  ratio: number
}

export type Root = {
  name: string
  kind: SpanKind
  /** Whose work this goes on with; `null`: it begins here. */
  from?: TraceContext | null
  /** Whether the one it comes from decides if the trace is sampled: not somebody outside. */
  isTrusted?: boolean
  /** What it follows from without being a part of it. If one of them is kept, so is this. */
  links?: readonly TraceContext[]
  /** Kept only if somebody it was done for is, or if it fails or is slow. */
  isShared?: boolean
  /** Where others know its id already. */
  spanId?: string
  /** By `performance.now()`; now, where it is not given. */
  startedAt?: number
}

/** A span that somebody outside measured, which has ended. Times by this process' clock (`performance.now()`). */
export type ReportedSpan = {
  traceId: string
  spanId: string
  parentSpanId: string | null
  name: string
  kind: SpanKind
  startedAt: number
  endedAt: number
  attributes: Attributes
  hasFailed: boolean
}

/**
 * Makes spans for one service. Without a place to send them to there is no tracer, so that nothing is paid: `Tracer | null` is what
 * everybody is given.
 */
export class Tracer {
  constructor(private readonly options: TracerOptions) {}

  /** Begins what has no parent in this process. */
  startRoot(root: Root): Span {
    const { name, kind, from = null, isTrusted = true, links = [], isShared = false, startedAt, spanId } = root
    const { ratio, resource } = this.options
    const isChosen =
      (from !== null && isTrusted ? from.isSampled : !isShared && Math.random() < ratio) ||
      links.some(({ isSampled }) => isSampled)
    const span = new Span(
      new LocalTrace(this.options, from, isChosen, isShared),
      resource,
      name,
      kind,
      null,
      startedAt,
      spanId,
    )
    for (const link of links) span.addLink(toLink(link))
    return span
  }

  /** Begins a part of something. */
  startChild(parent: Span, name: string, kind: SpanKind = SpanKind.INTERNAL, startedAt?: number): Span {
    return new Span(parent.trace, this.options.resource, name, kind, parent, startedAt)
  }

  /** Begins a part of what is being done, or `null` where nothing is: work that nobody asked about is not looked at. */
  startPart(name: string, kind: SpanKind = SpanKind.INTERNAL): Span | null {
    const parent = activeSpan()
    return parent && this.startChild(parent, name, kind)
  }

  /** The server's side of a request: a part of what this process is doing, or of what its headers name. */
  startServer(name: string, headers: Headers): Span {
    const parent = activeSpan()
    if (parent) return this.startChild(parent, name, SpanKind.SERVER)
    const from = readTraceContext(headers.get('traceparent'), headers.get('tracestate'))
    return this.startRoot({ name, kind: SpanKind.SERVER, from })
  }

  /** Does `work` in the name of `span`, which ends with it and fails with it. */
  async run<T>(span: Span, work: () => T | Promise<T>): Promise<T> {
    try {
      return await runWith(span, work)
    } catch (error) {
      span.fail(error)
      throw error
    } finally {
      span.end()
    }
  }

  /** Hands on a span that was measured elsewhere. Whether it is worth keeping is decided before. */
  report({ traceId, spanId, parentSpanId, name, kind, startedAt, endedAt, attributes, hasFailed }: ReportedSpan): void {
    const from = parentSpanId === null ? null : { traceId, spanId: parentSpanId, isSampled: false, traceState: null }
    const trace = new LocalTrace(this.options, from, true, false, traceId)
    const span = new Span(trace, this.options.resource, name, kind, null, startedAt, spanId)
    span.attributes = attributes
    span.endedAt = endedAt
    if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR })
    this.options.sink.take([span])
  }

  /** Does `work` as something new, whoever set it off. */
  runRoot<T>(root: Root, work: (span: Span) => Promise<T>): Promise<T> {
    return runDetached(() => {
      const span = this.startRoot(root)
      return this.run(span, () => work(span))
    })
  }
}

export const toLink = ({ traceId, spanId, isSampled }: TraceContext): Link => ({
  context: { traceId, spanId, traceFlags: isSampled ? 1 : 0 },
})
