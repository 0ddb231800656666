import { AppError } from '@hourglass/kit/errors'
import type { Logger } from '@hourglass/kit/logger'

/** What the gateway itself could not do, in the shape that every service's errors have. */
export function failure(error: unknown, requestId: string, log: Logger): Response {
  if (!(error instanceof AppError)) {
    log.error({ requestId, err: error }, 'unexpected failure')
    const message = 'Something went wrong on our side.'
    return Response.json({ kind: 'internal', message, requestId }, { status: 500 })
  }
  const { status, kind, message, details, retryAfterSeconds } = error
  const headers: Record<string, string> = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) }
  return Response.json({ ...details, kind, message, requestId }, { status, headers })
}
