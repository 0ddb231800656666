import type { ImageType } from './model'

export type ImageShape = { type: ImageType; widthPixels: number; heightPixels: number }

/**
 * What the bytes are, whatever their sender says, and their dimensions. `null` for anything but a PNG, JPEG, GIF or WebP whose
 * header is whole. SVG is a document that can hold scripts: it is none of these.
 */
export function sniffImage(bytes: Uint8Array): ImageShape | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const shape = readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view)
    return shape && shape.widthPixels > 0 && shape.heightPixels > 0 ? shape : null
  } catch (error) {
    // A header that ends early.
    if (error instanceof RangeError) return null
    throw error
  }
}

const readText = (view: DataView, at: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)))

/** PNG (ISO/IEC 15948): the signature, then IHDR. */
function readPng(view: DataView): ImageShape | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a || readText(view, 12, 4) !== 'IHDR')
    return null
  return { type: 'image/png', widthPixels: view.getUint32(16), heightPixels: view.getUint32(20) }
}

/** GIF87a and GIF89a: the logical screen. */
function readGif(view: DataView): ImageShape | null {
  const signature = readText(view, 0, 6)
  if (signature !== 'GIF87a' && signature !== 'GIF89a') return null
  return { type: 'image/gif', widthPixels: view.getUint16(6, true), heightPixels: view.getUint16(8, true) }
}

/** WebP (RFC 9649): a RIFF file whose first chunk is VP8, VP8L or VP8X. */
function readWebp(view: DataView): ImageShape | null {
  if (readText(view, 0, 4) !== 'RIFF' || readText(view, 8, 4) !== 'WEBP') return null
  const type = 'image/webp'
  switch (readText(view, 12, 4)) {
    case 'VP8 ':
      return { type, widthPixels: view.getUint16(26, true) & 0x3fff, heightPixels: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { type, widthPixels: (bits & 0x3fff) + 1, heightPixels: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type, widthPixels: readUint24(view, 24) + 1, heightPixels: readUint24(view, 27) + 1 }
    default:
      return null
  }
}

const readUint24 = (view: DataView, at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** JPEG (ITU-T T.81): the first start-of-frame segment. */
function readJpeg(view: DataView): ImageShape | null {
  if (view.getUint16(0) !== 0xffd8) return null
  let at = 2
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame)
      return { type: 'image/jpeg', heightPixels: view.getUint16(at + 5), widthPixels: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}
