import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const gzipAsync = promisify(gzip)
const compressible = /^(?:text\/(?!event-stream)|application\/(?:[a-z.+-]*json|javascript|xml|xhtml\+xml)|image\/svg)/
const minBytes = 1_024
const maxBytes = 32 * 1_048_576

export type Encoding = 'zstd' | 'gzip'

/** The encoding to use for a caller, by `accept-encoding`; `null` for none. */
export function encodingFor(acceptEncoding: string | null): Encoding | null {
  const accepted = new Set(
    (acceptEncoding ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim().split(';'))
      .filter(([, weight]) => !weight || !/^\s*q=0(?:\.0*)?$/.test(weight))
      .map(([name = '']) => name),
  )
  return accepted.has('zstd') ? 'zstd' : accepted.has('gzip') ? 'gzip' : null
}

export const isCompressible = (contentType: string | null): boolean => compressible.test(contentType ?? '')

/**
 * Compresses an answer that is text, of some size and not yet compressed. Never a stream of events. Large answers are
 * compressed off the event loop.
 */
export async function compress(response: Response, acceptEncoding: string | null): Promise<Response> {
  const { headers } = response
  if (!response.body || !isCompressible(headers.get('content-type')) || headers.has('content-encoding')) return response
  headers.append('vary', 'accept-encoding')
  const encoding = encodingFor(acceptEncoding)
  const length = Number(headers.get('content-length') ?? minBytes)
  if (encoding === null || length < minBytes || length > maxBytes) return response
  const body = new Uint8Array(await response.arrayBuffer())
  if (body.byteLength < minBytes) return new Response(body, response)
  const compressed = encoding === 'zstd' ? await Bun.zstdCompress(body) : await gzipAsync(body)
  headers.set('content-encoding', encoding)
  headers.delete('content-length')
  weakenTag(headers)
  return new Response(new Uint8Array(compressed), { status: response.status, headers })
}

/** The bytes differ by encoding, the thing they stand for does not (RFC 9110, 8.8.1). */
function weakenTag(headers: Headers): void {
  const tag = headers.get('etag')
  if (tag && !tag.startsWith('W/')) headers.set('etag', `W/${tag}`)
}
