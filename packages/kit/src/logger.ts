import { activeSpan } from '@hourglass/telemetry/active'
import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino'
import { bufferedStdout } from './buffered-stdout'
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
  destination: DestinationStream = bufferedStdout(),
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, ...(options.version ? { version: options.version } : {}) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }), log: redact },
    // Redaction has made plain objects of errors already.
    serializers: { err: (error: unknown) => error },
    mixin: traceOf,
    mixinMergeStrategy: (line: object, ids: object) => (ids === noIds ? line : { ...ids, ...line }),
    hooks: { logMethod: createRepeatLimit() },
  }
  return pino(settings, destination)
}

export const silentLogger = (): Logger => createLogger({ service: 'silent', level: 'silent' })

const noIds = {}

function traceOf(given: object): object {
  const span = 'trace_id' in given ? null : activeSpan()
  return span ? { trace_id: span.trace.traceId, span_id: span.spanId } : noIds
}
