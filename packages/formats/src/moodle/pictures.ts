import type { ImportedImage } from '../report'
import type { Element } from '../xml/reader'

/** Collects the pictures of a file, each once, and points the texts at them. */
export class Pictures {
  readonly found = new Map<string, ImportedImage>()

  /** Replaces `@@PLUGINFILE@@/name` by `image:<digest>` for each file that is a picture; the others are losses. */
  resolve(text: string, files: readonly Element[], losses: string[]): string {
    const digests = new Map(files.map((file) => [nameOf(file), this.#keepFile(file, losses)]))
    return this.#resolveFiles(this.#resolveInline(text), digests, losses)
  }

  /** Pictures pasted into an editor stand in the text itself. */
  #resolveInline(text: string): string {
    if (!text.includes('data:image/')) return text
    return text.replace(/data:image\/[a-z+]{1,20};base64,([A-Za-z0-9+/]+={0,2})/g, (whole, data: string) => {
      const digest = this.#keep('pasted', Buffer.from(data, 'base64'))
      return digest ? `image:${digest}` : whole
    })
  }

  #resolveFiles(text: string, digests: ReadonlyMap<string, string | null>, losses: string[]): string {
    if (!text.includes('@@PLUGINFILE@@')) {
      if (digests.size > 0) losses.push(`Files that no text shows are left out: ${[...digests.keys()].join(', ')}.`)
      return text
    }
    return text.replace(/@@PLUGINFILE@@\/([^\s"'<>)?]{1,500})(?:\?[^\s"'<>)]{0,200})?/g, (whole, path: string) => {
      const name = decodePath(path)
      const digest = digests.get(name)
      if (digest) return `image:${digest}`
      if (digest === undefined) losses.push(`The file “${name}” is not in the import.`)
      return whole
    })
  }

  #keepFile(file: Element, losses: string[]): string | null {
    const name = nameOf(file)
    const bytes = file.attributes.encoding === 'base64' ? Buffer.from(file.text, 'base64') : Buffer.alloc(0)
    const digest = this.#keep(name, bytes)
    if (!digest) losses.push(`The file “${name}” is not a PNG, JPEG, GIF or WebP picture and is left out.`)
    return digest
  }

  /** The digest, or null when the bytes are no picture that is kept. */
  #keep(name: string, bytes: Uint8Array): string | null {
    const mediaType = mediaTypeOf(bytes)
    if (!mediaType) return null
    const digest = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
    if (!this.found.has(digest)) this.found.set(digest, { digest, name, mediaType, bytes: new Uint8Array(bytes) })
    return digest
  }
}

const nameOf = ({ attributes }: Element) => `${attributes.path ?? '/'}${attributes.name ?? ''}`.replace(/^\/+/, '')

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** By content: a name or a declared type may lie. SVG is left out on purpose, it can carry scripts. */
function mediaTypeOf(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 12))
  if (start.startsWith('\x89PNG\r\n')) return 'image/png'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'image/webp'
  return null
}
