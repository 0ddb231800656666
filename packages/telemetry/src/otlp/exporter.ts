import type { SpanSink } from '../trace/local-trace'
import type { Span } from '../trace/span'
import { encodeSpans } from './encode-spans'

export type ExporterOptions = {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`: `http://collector:4318`, to which `/v1/traces` is added. */
  endpoint: string
  /** Spans that wait at most; what comes after is dropped. */
  maxWaiting?: number
  /** Spans of one request. */
  batchSize?: number
  everyMs?: number
  timeoutMs?: number
  /** Pauses before the second and the further tries of a batch; with the last of them it is dropped. */
  retryMs?: readonly number[]
}

export type SpanExporter = SpanSink & {
  waiting: () => number
  exported: () => number
  /** Spans dropped so far by reason: `queue_full`, `export_failed`, `refused`, `trace_too_long`, `stopped`. */
  dropped: () => ReadonlyMap<string, number>
  /** Sends what waits, within a time, and stops. */
  stop: (withinMs?: number) => Promise<void>
}

/** What can end otherwise than by a drop: the far side is busy or away (OTLP's list of statuses that may be repeated). */
const repeatable = new Set([429, 502, 503, 504])

/**
 * Sends spans by OTLP over HTTP in protobuf, in batches, in the background. Whatever the far side does, nobody waits for it and
 * memory stays bounded: what does not fit or cannot be sent is dropped and counted.
 */
export function createSpanExporter(options: ExporterOptions): SpanExporter {
  const { endpoint, maxWaiting = 8_192, batchSize = 512, everyMs = 1_000, timeoutMs = 5_000 } = options
  const { retryMs = [1_000, 4_000] } = options
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const dropped = new Map<string, number>()
  let queue: Span[] = []
  let exported = 0
  let sending: Promise<void> | null = null
  let isStopped = false
  const ending = new AbortController()

  const drop = (count: number, reason: string) => void dropped.set(reason, (dropped.get(reason) ?? 0) + count)
  const flush = (): Promise<void> => {
    sending ??= sendAll().finally(() => {
      sending = null
    })
    return sending
  }
  const sendAll = async () => {
    while (queue.length > 0 && !ending.signal.aborted) {
      const batch = queue.splice(0, batchSize)
      const reason = await sendBatch(batch)
      if (reason) drop(batch.length, reason)
      else exported += batch.length
    }
  }
  const sendBatch = async (batch: readonly Span[]): Promise<string | null> => {
    const body = encodeSpans(batch, Date.now() - performance.now())
    for (const pauseMs of [...retryMs, null]) {
      const status = await post(url, body, AbortSignal.any([ending.signal, AbortSignal.timeout(timeoutMs)]))
      if (status !== null && status < 300) return null
      if (status !== null && !repeatable.has(status)) return 'refused'
      if (pauseMs === null || isStopped) break
      await pause(pauseMs, ending.signal)
    }
    return 'export_failed'
  }

  const timer = setInterval(() => void flush(), everyMs)
  timer.unref()
  return {
    take: (spans) => {
      const room = isStopped ? 0 : Math.max(0, maxWaiting - queue.length)
      for (const span of spans.slice(0, room)) queue.push(span)
      if (spans.length > room) drop(spans.length - room, isStopped ? 'stopped' : 'queue_full')
      if (queue.length >= batchSize) void flush()
    },
    drop,
    waiting: () => queue.length,
    exported: () => exported,
    dropped: () => dropped,
    stop: async (withinMs = 3_000) => {
      isStopped = true
      clearInterval(timer)
      const end = setTimeout(() => ending.abort(), withinMs)
      await flush()
      if (queue.length > 0) await flush()
      clearTimeout(end)
      drop(queue.length, 'stopped')
      queue = []
    },
  }
}

/** The status of the answer, or `null` when none came. */
async function post(url: string, body: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<number | null> {
  try {
    const headers = { 'content-type': 'application/x-protobuf' }
    const response = await fetch(url, { method: 'POST', headers, body, signal })
    await response.arrayBuffer()
    return response.status
  } catch {
    return null
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    timer.unref()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
