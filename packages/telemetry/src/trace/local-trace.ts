import { newTraceId } from './ids'
import type { Span } from './span'
import type { TraceContext } from './trace-context'

/** Of which service a span is: one process may hold several. */
export type Resource = { service: string; version: string; instanceId: string }

/** Why a trace is kept that its ratio would have dropped. */
export type KeepReason = 'error' | 'slow' | 'marked'

export type SpanSink = {
  /** Takes spans that have ended; never waits and never throws. */
  take: (spans: readonly Span[]) => void
  drop: (count: number, reason: string) => void
}

export type TraceRules = { slowMs: number; sink: SpanSink }

/** More is a fault of the program, such as a query in a loop; the first are kept. */
const maxSpans = 300

/**
 * The part of a trace that happens in this process, from its local root to that one's end. Then, and not before, it is known
 * whether it is worth keeping: sampled, failed, slow or marked. What is not is forgotten as it is, never written down.
 */
export class LocalTrace {
  readonly #spans: Span[] = []
  #traceId: string | null
  #isOver = false
  #keptFor: KeepReason | null = null
  #tooMany = 0
  /** Work for several at once, kept with any of them. */
  #shared: LocalTrace[] | null = null

  constructor(
    readonly rules: TraceRules,
    readonly remote: TraceContext | null,
    private isChosen: boolean,
    /** Whether it ends with another: then nothing is decided at its own end. */
    private readonly isShared = false,
    traceId: string | null = null,
  ) {
    this.#traceId = remote?.traceId ?? traceId
  }

  get traceId(): string {
    this.#traceId ??= newTraceId()
    return this.#traceId
  }

  /** What others are told in the flag of `traceparent`: that this trace will be kept. */
  get isSampled(): boolean {
    return this.isChosen || this.#keptFor !== null
  }

  /** Why it is kept in spite of its ratio; others learn of it only when they are told. */
  get keptLate(): KeepReason | null {
    return this.isChosen ? null : this.#keptFor
  }

  keep(reason: KeepReason): void {
    this.#keptFor ??= reason
  }

  /** Keeps, with this trace, the work that was done for it among others. */
  share(other: LocalTrace): void {
    this.#shared ??= []
    this.#shared.push(other)
  }

  take(span: Span): void {
    if (this.#isOver) {
      // Somebody's work that went on after the answer.
      if (this.isSampled) this.rules.sink.take([span])
      return
    }
    if (this.#spans.length < maxSpans) this.#spans.push(span)
    else this.#tooMany++
    if (span.isRoot) this.#close(span)
  }

  /** For work that turned out to be none: its ratio does not count, only a reason. */
  forgetUnlessKept(): void {
    this.isChosen = false
  }

  #close(root: Span): void {
    if ((root.endedAt ?? 0) - root.startedAt >= this.rules.slowMs) this.keep('slow')
    if (this.isShared && !this.isSampled) return
    this.#isOver = true
    if (this.isSampled) this.#export()
    this.#spans.length = 0
  }

  #export(): void {
    const { sink } = this.rules
    if (this.#tooMany > 0) sink.drop(this.#tooMany, 'trace_too_long')
    sink.take([...this.#spans])
    for (const other of this.#shared ?? []) other.#exportShared()
  }

  #exportShared(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.keep('marked')
    this.#export()
    this.#spans.length = 0
  }
}
