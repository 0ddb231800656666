import { UnprocessableError } from '@hourglass/kit/errors'

const mebibyte = 1_024 * 1_024

/**
 * A draft or a question as JSON. A document of MongoDB may have 16 MiB, and as BSON, with what it is found by, one takes less
 * than twice its JSON.
 */
export const maxDraftBytes = 8 * mebibyte

/**
 * Each of a version's content, paper and key as JSON, which they are stored as: packed it takes less than half (see
 * `store/mongodb/pack.ts`). 10,000 questions full of formulas take 10 MiB.
 */
export const maxVersionBytes = 32 * mebibyte

/** Refuses what no store should be given. Throws an UnprocessableError that names `what` is too large, and the limit. */
export function assertSize(what: string, value: unknown, maxBytes: number): void {
  const sizeBytes = jsonBytes(value)
  if (sizeBytes <= maxBytes) return
  const [size, most] = [Math.ceil(sizeBytes / mebibyte), maxBytes / mebibyte]
  throw new UnprocessableError('too-large', `The ${what} takes ${size} MiB; ${most} MiB are the most.`, {
    what,
    sizeBytes,
    maxBytes,
  })
}

export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))
