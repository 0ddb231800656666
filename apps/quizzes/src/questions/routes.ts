import { person } from '@hourglass/kit/auth/principal'
import { PageQuery } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { idempotencyKeyOf } from '../creation-id'
import type { QuizStore } from '../store/quiz-store'
import { newQuestionExample, questionChangeExample } from './examples'
import {
  BankQuestion,
  NewQuestion,
  QuestionChange,
  QuestionPage,
  QuestionPreview,
  TagCount,
  UsedQuestion,
} from './model'
import { previewQuestion } from './preview'
import { changeQuestion, createQuestion, deleteQuestion, getUsedQuestion, listQuestions, listTags } from './service'

const params = z.object({ id: z.uuid() })
const ListQuery = PageQuery.extend({
  query: z.string().max(400).optional(),
  tag: z.string().max(80).optional(),
  type: z
    .enum([
      'single-choice',
      'multiple-choice',
      'true-false',
      'short-answer',
      'numeric',
      'matching',
      'ordering',
      'gap-fill',
      'essay',
      'description',
    ])
    .optional(),
})

export const questionRoutes = (store: QuizStore) =>
  new Elysia({ prefix: '/api/questions', tags: ['questions'] })
    .use(person())
    .get('', ({ person, query }) => listQuestions(store, person, query), {
      query: ListQuery,
      response: QuestionPage,
      detail: { summary: 'Search your question bank: words, a tag, a type' },
    })
    .post(
      '',
      async ({ person, body, request, status }) =>
        status(201, await createQuestion(store, person, body.question, idempotencyKeyOf(request))),
      {
        body: NewQuestion.meta({ examples: [newQuestionExample] }),
        response: { 201: BankQuestion },
        detail: { summary: 'Add a question to your bank' },
      },
    )
    .get('/tags', async ({ person }) => ({ items: await listTags(store, person) }), {
      response: z.object({ items: z.array(TagCount) }),
      detail: { summary: 'The tags of your bank, the most used first' },
    })
    .post('/preview', ({ body }) => previewQuestion(body.question), {
      body: NewQuestion.meta({ examples: [newQuestionExample] }),
      response: QuestionPreview,
      detail: { summary: 'A question as the student and the reviewer will see it' },
    })
    .get('/:id', ({ person, params: { id } }) => getUsedQuestion(store, person, id), {
      params,
      response: UsedQuestion,
      detail: { summary: 'A question of the bank and the quizzes that hold it' },
    })
    .put('/:id', ({ person, params: { id }, body }) => changeQuestion(store, person, id, body), {
      params,
      body: QuestionChange.meta({ examples: [questionChangeExample] }),
      response: BankQuestion,
      detail: {
        summary: 'Save a question; 409 when somebody saved since the revision that you saw',
      },
    })
    .delete(
      '/:id',
      async ({ person, params: { id }, status }) => {
        await deleteQuestion(store, person, id)
        return status(204, undefined)
      },
      {
        params,
        response: { 204: z.undefined() },
        detail: { summary: 'Delete a question; 409 while a quiz holds it' },
      },
    )
