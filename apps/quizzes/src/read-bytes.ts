import { BadRequestError, TooLargeError } from '@hourglass/kit/errors'

/**
 * The body of a request as bytes. Throws a TooLargeError as soon as the declared or the received size passes `maxBytes`, so
 * that no more than that is ever held, and a BadRequestError for an empty body.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new TooLargeError('too-large', `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB.`, { maxBytes })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  if (sizeBytes === 0) throw new BadRequestError('empty-body', 'The request has no file in its body.')
  return Buffer.concat(chunks)
}

/** The body is left unread for `readBytes`; Elysia would read the whole of it first. */
export const unread = 'none'

export const fileBody = (type: string, summary: string) => ({
  summary,
  requestBody: { required: true, content: { [type]: { schema: binary } } },
})

const binary: { type: 'string'; format: 'binary' } = { type: 'string', format: 'binary' }
