import { ImportError } from './errors'
import { maxImportBytes, maxImportLines } from './limits'

const signatures: [string, number[]][] = [
  ['a ZIP archive (or a Word, Excel or IMS package)', [0x50, 0x4b, 0x03, 0x04]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['an old Word or Excel document', [0xd0, 0xcf, 0x11, 0xe0]],
]

/**
 * The text of an uploaded file: UTF-8, or UTF-16 with a byte order mark. Line ends become `\n`.
 * @throws ImportError when it is too large, empty, binary or in another encoding.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.byteLength > maxImportBytes) {
    const megabytes = maxImportBytes / 1024 / 1024
    throw new ImportError('import-too-large', `The file is larger than ${megabytes} MB. Split it and import the parts.`)
  }
  const known = signatures.find(([, start]) => start.every((byte, index) => bytes[index] === byte))
  if (known) throw new ImportError('import-binary', `This is ${known[0]}, not a text file with questions.`)
  const text = decode(bytes, encodingOf(bytes))
  if (text.includes('\0')) {
    throw new ImportError('import-binary', 'The file holds NUL characters: it is not a text file with questions.')
  }
  if (text.trim() === '') throw new ImportError('import-empty', 'The file is empty.')
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (hasTooManyLines(lines)) {
    throw new ImportError(
      'import-too-large',
      `The file has more than ${maxImportLines} lines. Split it and import the parts.`,
    )
  }
  return lines
}

function hasTooManyLines(text: string): boolean {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && count <= maxImportLines; at = text.indexOf('\n', at + 1)) count++
  return count > maxImportLines
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** A lone surrogate is a fault in either encoding, so no text that we store can hold one. */
function decode(bytes: Uint8Array, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    if (bytes.subarray(0, 4096).includes(0)) {
      throw new ImportError('import-binary', 'The file is binary: it is not a text file with questions.')
    }
    const place = encoding === 'utf-8' ? ` (line ${firstBadLine(bytes)})` : ''
    throw new ImportError(
      'import-encoding',
      `The file is not valid ${encoding.toUpperCase()}${place}. It may be Latin-1 or Windows-1252: save it as UTF-8 and import it again.`,
    )
  }
}

function firstBadLine(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  const bad = text.indexOf('\ufffd')
  return text.slice(0, Math.max(bad, 0)).split('\n').length
}
