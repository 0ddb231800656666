import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { QuizStore } from '../store/quiz-store'
import { Check, Published, PublishRequest } from './model'
import { checkQuiz, publishQuiz } from './publish'

const params = z.object({ id: z.uuid() })

export const publishingRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api/quizzes', tags: ['versions'] })
    .use(person())
    .get('/:id/check', ({ person, params: { id } }) => checkQuiz(store, person, id), {
      params,
      response: Check,
      detail: { summary: 'What keeps a draft from being published, question by question' },
    })
    .post('/:id/publish', ({ person, params: { id }, body }) => publishQuiz(store, person, id, body), {
      params,
      body: PublishRequest.meta({ examples: [{ revision: 1 }] }),
      response: Published,
      detail: {
        summary: 'Publish a draft as its next version; 422 names every fault by question',
      },
    })
