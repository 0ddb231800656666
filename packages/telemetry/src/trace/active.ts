import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { Span } from './span'

/** The key under which the API keeps a span in a context: its own registry of symbols makes it the same for everybody. */
const spanKey = Symbol.for('OpenTelemetry Context Key SPAN')

/** A context that holds one span more than another. Cheaper than the API's own, which copies a map for each. */
class SpanScope implements Context {
  constructor(
    readonly span: Span,
    private readonly base: Context,
  ) {}

  getValue(key: symbol): unknown {
    return key === spanKey ? this.span : this.base.getValue(key)
  }

  setValue(key: symbol, value: unknown): Context {
    return trace.setSpan(this.base, this.span).setValue(key, value)
  }

  deleteValue(key: symbol): Context {
    return key === spanKey ? this.base : trace.setSpan(this.base.deleteValue(key), this.span)
  }
}

const storage = new AsyncLocalStorage<Context>()

export const activeContext = (): Context => storage.getStore() ?? ROOT_CONTEXT

/** The span in whose name this is being done, if any. */
export function activeSpan(): Span | null {
  const context = storage.getStore()
  if (context === undefined) return null
  if (context instanceof SpanScope) return context.span
  return spanIn(context)
}

/** The trace in which this is being done, if it is known already that it will be kept. */
export function activeKeptTraceId(): string | null {
  const span = activeSpan()
  return span?.trace.isSampled ? span.trace.traceId : null
}

/** A span of ours in a context of the API. */
export function spanIn(context: Context): Span | null {
  const span = trace.getSpan(context)
  return span instanceof Span ? span : null
}

export const runIn = <T>(context: Context, work: () => T): T => storage.run(context, work)

/** Runs `work` in the name of a span: what it begins becomes a part of it. */
export const runWith = <T>(span: Span, work: () => T): T =>
  storage.run(new SpanScope(span, storage.getStore() ?? ROOT_CONTEXT), work)

/** Runs `work` in nobody's name: for what outlives the request that happened to set it off. */
export const runDetached = <T>(work: () => T): T => storage.run(ROOT_CONTEXT, work)
