import {
  type Tracer as ApiTracer,
  type Context,
  type ContextManager,
  context as contextApi,
  SpanKind,
  type SpanOptions,
  type TracerProvider,
  trace as traceApi,
} from '@opentelemetry/api'
import { activeContext, runIn, spanIn } from './active'
import type { Span } from './span'
import type { Tracer } from './tracer'

const contextManager: ContextManager = {
  active: activeContext,
  // The API leaves `this` open, and so does whoever gave the function.
  with: (context, work, thisArg, ...args) => runIn(context, () => work.call(thisArg as never, ...args)),
  bind: (context, target) => {
    if (typeof target !== 'function') return target
    // A function that does the same in that context; its type stays that of the one it stands for.
    return ((...args: unknown[]) => runIn(context, () => target(...args))) as typeof target
  },
  enable: () => contextManager,
  disable: () => contextManager,
}

/**
 * Makes a tracer the one that libraries get from `@opentelemetry/api`, so that their spans join ours. In a process with several
 * services a library's span belongs to the service in whose name it works; `tracer` is for those in nobody's.
 */
export function registerTracer(tracer: Tracer): void {
  contextApi.setGlobalContextManager(contextManager)
  traceApi.setGlobalTracerProvider(createProvider(tracer))
}

/** Undoes `registerTracer`. */
export function unregisterTracer(): void {
  contextApi.disable()
  traceApi.disable()
}

function createProvider(tracer: Tracer): TracerProvider {
  const start = (name: string, options: SpanOptions = {}, context: Context = activeContext()): Span => {
    const kind = options.kind ?? SpanKind.INTERNAL
    const parent = options.root ? null : spanIn(context)
    const span = parent ? parent.startChild(name, kind) : tracer.startRoot({ name, kind })
    if (options.attributes) span.setAttributes(options.attributes)
    return span.addLinks(options.links ?? [])
  }
  const apiTracer: ApiTracer = {
    startSpan: start,
    startActiveSpan: (name: string, ...rest: unknown[]) => {
      // Three overloads: the work comes last, options and context before it.
      const work = rest.at(-1) as (span: Span) => never
      const [options, context] = rest.slice(0, -1) as [SpanOptions?, Context?]
      const span = start(name, options, context)
      return runIn(traceApi.setSpan(context ?? activeContext(), span), () => work(span))
    },
  }
  return { getTracer: () => apiTracer }
}
