import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { Digest } from '../quizzes/model'
import { fileBody, readBytes, unread } from '../read-bytes'
import type { QuizStore } from '../store/quiz-store'
import { Image } from './model'
import { getImage, maxImageBytes, storeImage } from './service'

/** Images carry no name and no key; whoever was shown a question may load its images. */
export const imageRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api/images', tags: ['images'] })
    .get('/:digest', ({ params: { digest }, request }) => serveImage(store, digest, request), {
      params: z.object({ digest: Digest }),
      detail: { summary: 'An image, by the SHA-256 of its bytes' },
    })
    .use(
      new Elysia()
        .use(person())
        .post(
          '',
          async ({ person, request, status }) =>
            status(201, await storeImage(store, person, await readBytes(request, maxImageBytes))),
          {
            parse: unread,
            response: { 201: Image },
            detail: fileBody('image/png', 'Store an image: the bytes of a PNG, JPEG, GIF or WebP file, 5 MB at most'),
          },
        ),
    )

async function serveImage(store: QuizStore, digest: string, request: Request): Promise<Response> {
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${digest}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  }
  const { type, bytes } = await getImage(store, digest)
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } })
}
