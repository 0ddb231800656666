import { person } from '@hourglass/kit/auth/principal'
import { PageQuery } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { findQuiz } from '../access'
import { idempotencyKeyOf } from '../creation-id'
import { QuestionPage } from '../questions/model'
import type { QuizStore } from '../store/quiz-store'
import { copyQuiz } from './copy'
import { newQuizExample, quizChangeExample } from './examples'
import { NewQuiz, Quiz, QuizChange, QuizPage } from './model'
import { changeQuiz, createQuiz, deleteQuiz, listQuizQuestions, listQuizzes } from './service'

const params = z.object({ id: z.uuid() })
const ListQuery = PageQuery.extend({ query: z.string().max(400).optional() })

export const quizRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api/quizzes', tags: ['quizzes'] })
    .use(person())
    .get('', ({ person, query }) => listQuizzes(store, person, query), {
      query: ListQuery,
      response: QuizPage,
      detail: { summary: 'Quizzes that you own or edit, the last changed first' },
    })
    .post(
      '',
      async ({ person, body, request, status }) =>
        status(201, await createQuiz(store, person, body, idempotencyKeyOf(request))),
      {
        body: NewQuiz.meta({ examples: [newQuizExample] }),
        response: { 201: Quiz },
        detail: { summary: 'Create a draft' },
      },
    )
    .get('/:id', ({ person, params: { id } }) => findQuiz(store, person, id), {
      params,
      response: Quiz,
      detail: { summary: 'A draft' },
    })
    .put('/:id', ({ person, params: { id }, body }) => changeQuiz(store, person, id, body), {
      params,
      body: QuizChange.meta({ examples: [quizChangeExample] }),
      response: Quiz,
      detail: {
        summary: 'Save a draft; 409 when somebody saved since the revision that you saw',
      },
    })
    .delete(
      '/:id',
      async ({ person, params: { id }, status }) => {
        await deleteQuiz(store, person, id)
        return status(204, undefined)
      },
      { params, response: { 204: z.undefined() }, detail: { summary: 'Delete a draft; its versions stay' } },
    )
    .post(
      '/:id/copy',
      async ({ person, params: { id }, request, status }) =>
        status(201, await copyQuiz(store, person, id, idempotencyKeyOf(request))),
      { params, response: { 201: Quiz }, detail: { summary: 'Duplicate a draft' } },
    )
    .get('/:id/questions', ({ person, params: { id }, query }) => listQuizQuestions(store, person, id, query), {
      params,
      query: PageQuery,
      response: QuestionPage,
      detail: { summary: 'The questions of a draft, in its order; drawn ones are in the bank' },
    })
