import { UnprocessableError } from '@hourglass/kit/errors'

/** MongoDB's limit of a document, less room for what lies around the packed part. */
const maxBytes = 15 * 1_024 * 1_024

/**
 * A long immutable body as gzipped JSON: a tenth of the room, and every member name comes back as it was, dots and dollars
 * included. Throws an UnprocessableError for what no document can hold.
 */
export function pack(what: string, body: object): Uint8Array {
  const packed = Bun.gzipSync(JSON.stringify(body))
  if (packed.byteLength <= maxBytes) return packed
  const size = Math.ceil(packed.byteLength / 1_024 / 1_024)
  throw new UnprocessableError(
    'too-large',
    `The ${what} takes ${size} MiB packed; 15 MiB are the most. Split the quiz.`,
  )
}

/**
 * What was packed, of bytes as the driver gives them: `Uint8Array` or what wraps one. Not parsed again, since a digest names the
 * very document: a member that a newer replica wrote must neither be dropped nor refused.
 */
export function unpack<T>(packed: Uint8Array | { buffer: Uint8Array }): T {
  const bytes = packed instanceof Uint8Array ? packed : packed.buffer
  // Nobody but `pack` writes these bytes, and it was given a T.
  return JSON.parse(new TextDecoder().decode(Bun.gunzipSync(new Uint8Array(bytes)))) as T
}
