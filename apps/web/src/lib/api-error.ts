/** Kinds that this client makes up itself, beside the server's own (`not-found`, `stale`, …). */
export type ClientErrorKind = 'network' | 'timeout' | 'aborted' | 'unexpected'

/** What went wrong with a request, in the server's words where it has any. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly kind: string,
    message: string,
    /** 0 when no answer came. */
    readonly status: number,
    readonly requestId: string | null,
    /** The other members of the server's error, such as `faults` or `questionId`. */
    readonly details: Readonly<Record<string, unknown>> = {},
    /** Seconds after which the server asks to try again. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message)
  }
}

export const isApiError = (error: unknown, kind?: string): error is ApiError =>
  error instanceof ApiError && (kind === undefined || error.kind === kind)
