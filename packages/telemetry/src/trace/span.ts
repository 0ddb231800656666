import {
  type Span as ApiSpan,
  type Attributes,
  type AttributeValue,
  type Exception,
  type Link,
  type SpanContext,
  SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
  TraceFlags,
} from '@opentelemetry/api'
import { newSpanId } from './ids'
import type { LocalTrace, Resource } from './local-trace'
import type { TraceContext } from './trace-context'

export type SpanEvent = { name: string; atMs: number; attributes: Attributes }

const maxLinks = 32
const maxEvents = 16
const maxAttributes = 32

/**
 * A piece of work: when it began and ended by the process' own clock (`performance.now()`), in which trace, as a part of what.
 * Its id is drawn when somebody asks for it, which for most spans nobody does.
 */
export class Span implements ApiSpan {
  readonly startedAt: number
  endedAt: number | null = null
  status: SpanStatus = { code: SpanStatusCode.UNSET }
  attributes: Attributes | null = null
  links: Link[] | null = null
  linked: Span[] | null = null
  events: SpanEvent[] | null = null
  /** What did not fit. */
  droppedAttributes = 0
  droppedEvents = 0
  droppedLinks = 0
  #spanId: string | null

  /** @param spanId given where somebody else has drawn it */
  constructor(
    readonly trace: LocalTrace,
    readonly resource: Resource,
    public name: string,
    readonly kind: SpanKind,
    readonly parent: Span | null,
    startedAt = performance.now(),
    spanId: string | null = null,
  ) {
    this.startedAt = startedAt
    this.#spanId = spanId
  }

  get spanId(): string {
    this.#spanId ??= newSpanId()
    return this.#spanId
  }

  get parentSpanId(): string | null {
    return this.parent?.spanId ?? this.trace.remote?.spanId ?? null
  }

  /** Where this span is, for a header or a link. */
  get place(): TraceContext {
    const { traceId, isSampled, remote } = this.trace
    return { traceId, spanId: this.spanId, isSampled, traceState: remote?.traceState ?? null }
  }

  spanContext(): SpanContext {
    const { traceId, spanId, isSampled } = this.place
    return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE }
  }

  setAttribute(key: string, value: AttributeValue): this {
    this.attributes ??= {}
    if (key in this.attributes || Object.keys(this.attributes).length < maxAttributes) this.attributes[key] = value
    else this.droppedAttributes++
    return this
  }

  setAttributes(attributes: Attributes): this {
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) this.setAttribute(key, value)
    return this
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, _time?: TimeInput): this {
    this.events ??= []
    if (this.events.length >= maxEvents) {
      this.droppedEvents++
      return this
    }
    // The API allows a time in the place of attributes.
    const isTime = attributesOrTime instanceof Date || Array.isArray(attributesOrTime)
    const attributes = typeof attributesOrTime === 'object' && !isTime ? (attributesOrTime as Attributes) : {}
    this.events.push({ name, atMs: performance.now(), attributes })
    return this
  }

  addLink(link: Link): this {
    this.links ??= []
    if (this.links.length < maxLinks) this.links.push(link)
    else this.droppedLinks++
    return this
  }

  /** As `addLink`, to a span of this process; written down only if that one is kept, since a link to nothing helps nobody. */
  linkTo(span: Span): void {
    this.linked ??= []
    this.linked.push(span)
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link)
    return this
  }

  setStatus(status: SpanStatus): this {
    this.status = status
    if (status.code === SpanStatusCode.ERROR) this.trace.keep('error')
    return this
  }

  updateName(name: string): this {
    this.name = name
    return this
  }

  /** Says that it failed, by the kind of the error alone: messages may hold what nobody else should read. */
  fail(error: unknown): this {
    this.recordException(error instanceof Error ? error : { name: typeof error })
    return this.setStatus({ code: SpanStatusCode.ERROR, message: typeOf(error) })
  }

  recordException(exception: Exception): void {
    this.addEvent('exception', { 'exception.type': typeOf(exception) })
  }

  isRecording(): boolean {
    return this.endedAt === null
  }

  end(): void {
    if (this.endedAt !== null) return
    this.endedAt = performance.now()
    this.trace.take(this)
  }

  /** Begins a part of this one, of the same service. */
  startChild(name: string, kind: SpanKind = SpanKind.INTERNAL, startedAt?: number): Span {
    return new Span(this.trace, this.resource, name, kind, this, startedAt)
  }

  /** All links, as they are written down. */
  get allLinks(): readonly Link[] {
    const kept = (this.linked ?? []).filter(({ trace }) => trace.isSampled)
    const linked = kept.slice(0, maxLinks).map((span) => ({ context: span.spanContext() }))
    return [...(this.links ?? []), ...linked]
  }

  get isRoot(): boolean {
    return this.parent === null
  }
}

function typeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  return `${'name' in error ? String(error.name) : 'error'}${code}`
}
