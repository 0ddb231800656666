import { person } from '@hourglass/kit/auth/principal'
import { PageQuery } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { findVersion } from '../access'
import { Digest } from '../quizzes/model'
import type { QuizStore } from '../store/quiz-store'
import { Version, VersionDifference, VersionPage } from './model'
import { compareVersions, listVersions, readKey, readPaper } from './service'

const params = z.object({ digest: Digest })

export const versionRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api', tags: ['versions'] })
    .use(person())
    .get('/quizzes/:id/versions', ({ person, params: { id }, query }) => listVersions(store, person, id, query), {
      params: z.object({ id: z.uuid() }),
      query: PageQuery,
      response: VersionPage,
      detail: { summary: 'The versions of a quiz, the newest first' },
    })
    .get('/versions/:digest', ({ person, params: { digest } }) => findVersion(store, person, digest), {
      params,
      response: Version,
      detail: { summary: 'A published version, whole' },
    })
    .get(
      '/versions/:digest/diff',
      ({ person, params: { digest }, query }) => compareVersions(store, person, digest, query.against),
      {
        params,
        query: z.object({ against: Digest.optional() }),
        response: VersionDifference,
        detail: { summary: 'What changed since another version (default: the one before), in words' },
      },
    )

/** For services only; the gateway routes nothing under /internal. */
export const internalRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/internal', tags: ['internal'] })
    .get('/papers/:digest', async ({ params: { digest } }) => canonical(await readPaper(store, digest)), { params })
    .get('/keys/:digest', async ({ params: { digest } }) => canonical(await readKey(store, digest)), { params })

const canonical = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' } })
