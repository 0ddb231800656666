import { t } from '../messages/common'
import { ApiError } from './api-error'
import { noteServerTime } from './server-now'
import { beginCall } from './telemetry/notes'

export type RequestOptions = {
  /** Sent as JSON; a string or Blob is sent as it is. */
  body?: unknown
  contentType?: string
  headers?: Record<string, string>
  timeoutMs?: number
  signal?: AbortSignal
  /** The request outlives the page, if its body is short enough for that. */
  keepalive?: boolean
  /** Makes a create safe to repeat: the same key gives the first answer again. */
  idempotencyKey?: string
}

/** One request without any renewal; answers whatever status came. Throws `ApiError` when no answer did. */
export async function fetchOnce(
  method: string,
  path: string,
  options: RequestOptions = {},
  token: string | null = null,
): Promise<Response> {
  const { body, contentType, headers = {}, timeoutMs = 10_000, signal, idempotencyKey } = options
  const call = beginCall(method, path)
  const isRaw = typeof body === 'string' || body instanceof Blob || body instanceof ArrayBuffer
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': contentType ?? (isRaw ? 'text/plain' : 'application/json') }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...headers,
      ...call?.headers,
    },
    signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
  }
  if (body !== undefined) init.body = isRaw ? body : JSON.stringify(body)
  // Browsers give all such requests together 64 KiB (Fetch standard, "inflight keepalive bytes").
  if (options.keepalive && (typeof init.body !== 'string' || init.body.length < 8_000)) init.keepalive = true
  try {
    const response = await fetch(path, init)
    noteServerTime(response.headers.get('date'))
    call?.end(response.status)
    return response
  } catch (error) {
    // What the page itself gave up did not fail.
    if (!signal?.aborted) call?.end(0)
    throw toClientError(error, signal)
  }
}

/** Passes a good answer on; throws what the server said otherwise. */
export async function accept(response: Response): Promise<Response> {
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  const { kind, message, requestId, ...details } = isRecord(body) ? body : {}
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  throw new ApiError(
    typeof kind === 'string' ? kind : 'unexpected',
    typeof message === 'string' ? message : t('error.unexpected'),
    response.status,
    typeof requestId === 'string' ? requestId : response.headers.get('x-request-id'),
    details,
    Number.isNaN(retryAfter) ? null : retryAfter,
  )
}

function toClientError(error: unknown, signal: AbortSignal | undefined): ApiError {
  if (signal?.aborted) return new ApiError('aborted', t('error.network'), 0, null)
  const isTimeout = error instanceof DOMException && error.name === 'TimeoutError'
  return new ApiError(isTimeout ? 'timeout' : 'network', t(isTimeout ? 'error.timeout' : 'error.network'), 0, null)
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
