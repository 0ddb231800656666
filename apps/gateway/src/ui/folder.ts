import { readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { NotFoundError } from '@hourglass/kit/errors'
import { isCompressible } from '../edge/compression'
import type { Ui } from './ui'

type Encoding = 'br' | 'gzip'
type Asset = {
  contentType: string
  etag: string
  cacheControl: string
  bodies: Partial<Record<Encoding | 'plain', Bytes>>
}
type Bytes = Uint8Array<ArrayBuffer>

/**
 * Serves a built UI from memory. Assets with a hash in their name never change; pages are asked for again each time. Text is
 * compressed once, at the start, as tight as it goes. Addresses of the application (no extension) get `index.html`.
 */
export async function createFolderUi(folder: string): Promise<Ui> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const loaded = await Promise.all(
    paths
      .filter((path) => !path.endsWith('.map'))
      .map(
        async (path) =>
          [path.slice(folder.length).replaceAll('\\', '/').replace(/^\/?/, '/'), await loadAsset(path)] as const,
      ),
  )
  const assets = new Map(loaded.map(([pathname, asset]) => [pathname, withCaching(pathname, asset)]))
  const index = assets.get('/index.html')
  if (!index) throw new Error(`${folder} holds no index.html: build the UI first`)
  return {
    contentKind: 'page',
    socketUrl: null,
    handle: async (request, pathname) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new NotFoundError('address')
      const asset = assets.get(pathname) ?? (extname(pathname) === '' ? index : undefined)
      if (!asset) throw new NotFoundError('file')
      return answer(request, asset)
    },
  }
}

function answer(request: Request, { contentType, etag, cacheControl, bodies }: Asset): Response {
  const headers = new Headers({ 'content-type': contentType, etag, 'cache-control': cacheControl })
  if (bodies.br) headers.set('vary', 'accept-encoding')
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known?.includes(etag)) return new Response(null, { status: 304, headers })
  const accepted = request.headers.get('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find(
    (name) => bodies[name] && new RegExp(`\\b${name}\\b(?!;q=0)`).test(accepted),
  )
  const body = (encoding && bodies[encoding]) || bodies.plain
  if (encoding) headers.set('content-encoding', encoding)
  headers.set('content-length', String(body?.byteLength ?? 0))
  return new Response(request.method === 'HEAD' ? null : body, { headers })
}

async function loadAsset(path: string): Promise<Asset> {
  const file = Bun.file(path)
  const plain = await file.bytes()
  const contentType = extname(path) === '.webmanifest' ? 'application/manifest+json' : file.type
  const etag = `"${new Bun.CryptoHasher('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  const isText = isCompressible(contentType) && plain.byteLength > 1_024
  return { contentType, etag, cacheControl: '', bodies: { plain, ...(isText ? await compressOnce(plain) : {}) } }
}

async function compressOnce(plain: Bytes): Promise<Record<Encoding, Bytes>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params }),
    promisify(gzip)(plain, { level: 9 }),
  ])
  return { br: new Uint8Array(br), gzip: new Uint8Array(gz) }
}

const withCaching = (pathname: string, asset: Asset): Asset => ({
  ...asset,
  cacheControl: pathname.startsWith('/assets/')
    ? 'public, max-age=31536000, immutable'
    : pathname.endsWith('.html')
      ? 'no-cache'
      : 'public, max-age=3600',
})
