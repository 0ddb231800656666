import { z } from 'zod'
import { Digest } from '../quizzes/model'

export const ImageType = z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
export type ImageType = z.infer<typeof ImageType>

/** An image under the SHA-256 of its bytes. Put `url` into a question's text. */
export const Image = z.object({
  digest: Digest,
  url: z.string(),
  type: ImageType,
  widthPixels: z.int().positive(),
  heightPixels: z.int().positive(),
  sizeBytes: z.int().positive(),
})
export type Image = z.infer<typeof Image>
