import { activeSpan } from '@hourglass/telemetry/active'
import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino'
import { createRepeatLimit } from './log-repeats'
import { redact } from './redact'

export type Logger = PinoLogger

/**
 * JSON lines on stdout, written in-process: a worker transport would lose lines when the process ends. Lines below `error` wait
 * for others for up to 100 ms, since a system call each costs more than all the rest of a line. Each names the trace and span
 * in which it was written; what is secret is cut out wherever it stands; errors that repeat are counted instead of written.
 */
export function createLogger(
  options: { service: string; level?: string; version?: string },
  destination: DestinationStream = stdout(),
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, ...(options.version ? { version: options.version } : {}) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }), log: redact },
    // Redaction has made plain objects of errors already.
    serializers: { err: (error: unknown) => error },
    mixin: traceOf,
    hooks: { logMethod: createRepeatLimit() },
  }
  return pino(settings, destination)
}

export const silentLogger = (): Logger => createLogger({ service: 'silent', level: 'silent' })

function traceOf(given: object): object {
  if ('trace_id' in given) return {}
  const span = activeSpan()
  return span ? { trace_id: span.trace.traceId, span_id: span.spanId } : {}
}

const isUrgent = /^\{"level":"(?:error|fatal)"/
let shared: DestinationStream | null = null

/** One for all loggers of the process. */
function stdout(): DestinationStream {
  if (shared) return shared
  const stream = pino.destination({ dest: 1, sync: true, minLength: 8_192 })
  let isFlushDue = false
  const flush = () => {
    isFlushDue = false
    // Written at once as `sync` says; `flushSync` would also wait for the disk.
    stream.flush()
  }
  process.on('exit', () => stream.flushSync())
  shared = {
    write(line) {
      stream.write(line)
      if (isUrgent.test(line)) return flush()
      if (!isFlushDue) setTimeout(flush, 100).unref()
      isFlushDue = true
    },
  }
  return shared
}
