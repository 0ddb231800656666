import { maxImportBytes } from '@hourglass/formats/import'
import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { idempotencyKeyOf } from '../creation-id'
import { Digest } from '../quizzes/model'
import { fileBody, readBytes, unread } from '../read-bytes'
import type { QuizStore } from '../store/quiz-store'
import { exportQuiz, exportVersion } from './export'
import { importQuiz } from './import'
import { ExportFile, ExportQuery, ImportQuery, ImportResult } from './model'

export const transferRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api', tags: ['import and export'] })
    .use(person())
    .post(
      '/quizzes/import',
      async ({ person, query, request }) => {
        const bytes = await readBytes(request, maxImportBytes)
        return importQuiz(store, person, bytes, query, idempotencyKeyOf(request))
      },
      {
        query: ImportQuery,
        parse: unread,
        response: ImportResult,
        detail: fileBody(
          'text/plain',
          'Import a GIFT, Moodle XML or Aiken file as a new draft, or see what would become of it',
        ),
      },
    )
    .get('/quizzes/:id/export', ({ person, params: { id }, query }) => exportQuiz(store, person, id, query.format), {
      params: z.object({ id: z.uuid() }),
      query: ExportQuery,
      response: ExportFile,
      detail: { summary: 'A draft as GIFT or Moodle XML, and what the format cannot carry' },
    })
    .get(
      '/versions/:digest/export',
      ({ person, params: { digest }, query }) => exportVersion(store, person, digest, query.format),
      {
        params: z.object({ digest: Digest }),
        query: ExportQuery,
        response: ExportFile,
        detail: { summary: 'A version as GIFT or Moodle XML, and what the format cannot carry' },
      },
    )
