import { eventIdOf } from '@hourglass/events/outbox'
import { BadRequestError, UnprocessableError } from '@hourglass/kit/errors'
import type { Viewer } from './access'

/**
 * The id of what a creating request makes. With an `Idempotency-Key` it follows from who asks for what under which key, so a
 * repeated request finds the document of the first one, in any store. Throws a BadRequestError for a malformed key.
 */
export function creationId(viewer: Viewer, action: string, key: string | null): string {
  if (key === null) return Bun.randomUUIDv7()
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new BadRequestError('bad-idempotency-key', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
  }
  return eventIdOf('creation', viewer.personId, action, key)
}

/** An id within something that is being created: the same each time it is tried. */
export const partId = (wholeId: string, part: string | number): string => eventIdOf('part', wholeId, part)

export const idempotencyKeyOf = (request: Request): string | null => request.headers.get('idempotency-key')

export const keyReused = (): UnprocessableError =>
  new UnprocessableError('idempotency-key-reused', 'This Idempotency-Key was used with another request body.')
