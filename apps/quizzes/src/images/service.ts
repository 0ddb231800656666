import { NotFoundError, UnprocessableError, UnsupportedMediaError } from '@hourglass/kit/errors'
import type { Viewer } from '../access'
import type { QuizStore, StoredImage } from '../store/quiz-store'
import type { Image } from './model'
import { sniffImage } from './sniff'

export const maxImageBytes = 5 * 1024 * 1024

/** A small file can unpack to gigabytes in the browser of everybody who opens the quiz. */
const maxSidePixels = 12_000
const maxPixels = 50_000_000

/** Stores an image under the SHA-256 of its bytes. Throws an AppError when it is no image that every browser shows. */
export async function storeImage(store: QuizStore, viewer: Viewer, bytes: Uint8Array): Promise<Image> {
  const shape = sniffImage(bytes)
  if (!shape) {
    throw new UnsupportedMediaError(
      'not-an-image',
      'The file is no PNG, JPEG, GIF or WebP image. Save SVG drawings as PNG.',
    )
  }
  const { widthPixels, heightPixels } = shape
  if (Math.max(widthPixels, heightPixels) > maxSidePixels || widthPixels * heightPixels > maxPixels) {
    throw new UnprocessableError(
      'image-too-large',
      `The image has ${widthPixels} × ${heightPixels} pixels; ${maxSidePixels} on a side and 50 million in all are allowed.`,
    )
  }
  const digest = new Bun.CryptoHasher('sha256').update(bytes).digest('hex')
  await store.insertImage({ ...shape, digest, bytes, storedBy: viewer.personId })
  return { ...shape, digest, url: imageUrl(digest), sizeBytes: bytes.byteLength }
}

export const imageUrl = (digest: string): string => `/api/images/${digest}`

export async function getImage(store: QuizStore, digest: string): Promise<StoredImage> {
  const image = await store.getImage(digest)
  if (!image) throw new NotFoundError('image')
  return image
}
