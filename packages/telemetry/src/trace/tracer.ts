import { type Link, SpanKind } from '@opentelemetry/api'
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
}

/**
 * Makes spans for one service. Without a place to send them to there is no tracer, so that nothing is paid: `Tracer | null` is what
 * everybody is given.
 */
export class Tracer {
  constructor(private readonly options: TracerOptions) {}

  /** Begins what has no parent in this process. */
  startRoot({ name, kind, from = null, isTrusted = true, links = [], isShared = false }: Root): Span {
    const { ratio, resource } = this.options
    const isChosen =
      (from !== null && isTrusted ? from.isSampled : !isShared && Math.random() < ratio) ||
      links.some(({ isSampled }) => isSampled)
    const span = new Span(new LocalTrace(this.options, from, isChosen, isShared), resource, name, kind, null)
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
