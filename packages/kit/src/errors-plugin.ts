import { Elysia, ElysiaCustomStatusResponse, NotFoundError, ParseError, ValidationError } from 'elysia'
import { isDatabaseUnavailable } from './db/is-unavailable'
import { outcomeHeader } from './edge-words'
import { AppError } from './errors'
import type { Logger } from './logger'
import { requestIdOf } from './observe'

type Faults = { path: string; message: string }[]

/**
 * Turns what was thrown into `{ kind, message, requestId, …details }`. The first `.use` of every app: Elysia does not call
 * it for routes that were registered before. Judged by `instanceof`, since a driver's error carries a `code` of its own.
 */
export const errors = (log: Logger) =>
  new Elysia({ name: 'errors' }).onError({ as: 'global' }, ({ error, request, set }) => {
    const requestId = requestIdOf(request)
    const answer = (status: number, kind: string, message: string, details: object = {}) => {
      set.status = status
      set.headers[outcomeHeader] = kind
      return { ...details, kind, message, requestId }
    }
    if (error instanceof AppError) {
      if (error.retryAfterSeconds !== null) set.headers['retry-after'] = String(error.retryAfterSeconds)
      return answer(error.status, error.kind, error.message, error.details)
    }
    if (error instanceof ElysiaCustomStatusResponse) return error
    if (error instanceof ValidationError) {
      if (error.type === 'response') {
        log.error(
          { requestId, err: new Error(`the answer does not fit its schema: ${faultPaths(error)}`) },
          'bad response',
        )
        return answer(500, 'internal', 'Something went wrong on our side.')
      }
      return answer(422, 'invalid', 'The request does not have the expected form.', { faults: faultsOf(error) })
    }
    if (error instanceof ParseError) return answer(400, 'malformed', 'The request body cannot be read.')
    if (error instanceof NotFoundError) return answer(404, 'not-found', 'There is nothing at this address.')
    if (isDatabaseUnavailable(error)) {
      log.error({ requestId, err: error }, 'the database cannot be asked')
      set.headers['retry-after'] = '1'
      return answer(503, 'unavailable', 'The server cannot do this right now. Try again in a moment.')
    }
    log.error({ requestId, err: error }, 'unexpected failure')
    return answer(500, 'internal', 'Something went wrong on our side.')
  })

/** Where the request is wrong and why; never the request's own values (ValidationError.message repeats the body). */
function faultsOf(error: ValidationError): Faults {
  return error.all.slice(0, 50).map((fault) => ({
    path: 'path' in fault ? toPath(fault.path) : '',
    message: ('summary' in fault && fault.summary) || 'is not of the expected form',
  }))
}

const faultPaths = (error: ValidationError) =>
  faultsOf(error)
    .map((fault) => fault.path)
    .join(', ')

function toPath(path: unknown): string {
  if (Array.isArray(path)) return path.map(String).join('.')
  return typeof path === 'string' ? path.replace(/^\//, '').replaceAll('/', '.') : ''
}
