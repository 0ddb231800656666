/** A failure the caller can act on. Its message and details are shown; everything else becomes a bare 500. */
export abstract class AppError extends Error {
  abstract readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503
  /** Not `code`: Elysia reads `code` off thrown objects. */
  readonly kind: string
  readonly details: Readonly<Record<string, unknown>>
  /** Seconds until a retry makes sense; sent as Retry-After. */
  readonly retryAfterSeconds: number | null = null

  constructor(kind: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.kind = kind
    this.details = details
  }
}

export class BadRequestError extends AppError {
  readonly status = 400
}

/** No identity, or one that is no longer good. */
export class UnauthorisedError extends AppError {
  readonly status = 401
  constructor(message = 'Sign in first.', kind = 'unauthorised') {
    super(kind, message)
  }
}

/** The caller may know of the thing but may not do this to it. For another's object use NotFoundError. */
export class ForbiddenError extends AppError {
  readonly status = 403
}

/** Absent, or not the caller's to see: the two are the same to the byte. */
export class NotFoundError extends AppError {
  readonly status = 404
  constructor(noun: string) {
    super('not-found', `There is no such ${noun}.`)
  }
}

export class ConflictError extends AppError {
  readonly status = 409
}

export class GoneError extends AppError {
  readonly status = 410
}

export class TooLargeError extends AppError {
  readonly status = 413
}

export class UnsupportedMediaError extends AppError {
  readonly status = 415
}

/** Well formed, but it breaks a rule of the domain. */
export class UnprocessableError extends AppError {
  readonly status = 422
}

export class TooManyRequestsError extends AppError {
  readonly status = 429
  override readonly retryAfterSeconds: number
  constructor(message: string, retryAfterSeconds: number, kind = 'too-many-requests') {
    super(kind, message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export class UnavailableError extends AppError {
  readonly status = 503
  override readonly retryAfterSeconds: number
  constructor(message: string, retryAfterSeconds = 1, kind = 'unavailable') {
    super(kind, message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}
