import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/** Names of members that never reach a log line, wherever they stand up to three levels deep. */
const secretNames = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'seatToken',
  'refreshToken',
  'response',
  'answer',
  'answers',
  'email',
]

/** JSON lines on stdout, written in-process: a worker transport would lose lines when the process ends. */
export function createLogger(
  options: { service: string; level?: string; version?: string },
  destination?: DestinationStream,
): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, ...(options.version ? { version: options.version } : {}) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    redact: { paths, censor: '[redacted]' },
    serializers: { err: toLoggedError },
  }
  return destination ? pino(settings, destination) : pino(settings)
}

export const silentLogger = (): Logger => createLogger({ service: 'silent', level: 'silent' })

/** Drivers put parameters and rows on their errors: only what names the fault is kept. */
function toLoggedError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const message = error.message.replace(/\nparams: [\s\S]*$/, '')
  const cause = error.cause === undefined ? {} : { cause: toLoggedError(error.cause) }
  return { type: error.name, message, ...code, stack: error.stack?.replace(/\nparams: .*/g, ''), ...cause }
}
