import { person } from '@hourglass/kit/auth/principal'
import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { Review } from '../review/model'
import { getReview, listMyResults } from '../review/service'
import { getResult } from './detail'
import { getGradebook, gradebookToCsv } from './gradebook'
import { Gradebook, GradebookQuery, MyResult, ResultDetail, ResultsPage, ResultsQuery } from './model'
import { listResults } from './table'

const AttemptId = z.object({ attemptId: z.uuid() })

export const resultRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/results', tags: ['results'] })
    .use(person())
    .get('', ({ person, query }) => listResults(db, person, query), {
      query: ResultsQuery,
      response: ResultsPage,
      detail: { summary: 'Every attempt at an exam, with its marks' },
    })
    .get('/mine', ({ person, query }) => listMyResults(db, person, query), {
      query: PageQuery,
      response: pageOf(MyResult),
      detail: { summary: 'My own attempts, and their marks where they may be seen' },
    })
    .get(
      '/gradebook',
      async ({ person, query, headers, set }) => {
        const gradebook = await getGradebook(db, person, query)
        const isCsv = query.format ? query.format === 'csv' : headers.accept?.startsWith('text/csv')
        if (!isCsv) return gradebook
        set.headers['content-type'] = 'text/csv; charset=utf-8'
        set.headers['content-disposition'] = 'attachment; filename="gradebook.csv"'
        return gradebookToCsv(gradebook)
      },
      {
        query: GradebookQuery,
        response: z.union([Gradebook, z.string()]),
        detail: { summary: 'Students and their final marks, of one exam or all exams of a class, as JSON or CSV' },
      },
    )
    .get('/:attemptId', ({ person, params }) => getResult(db, person, params.attemptId), {
      params: AttemptId,
      response: ResultDetail,
      detail: { summary: 'One attempt question by question, for those who mark' },
    })
    .get('/:attemptId/review', ({ person, params }) => getReview(db, person, params.attemptId), {
      params: AttemptId,
      response: Review,
      detail: {
        summary: 'What I may see of my own attempt now',
        description: 'By the exam’s review options and phase; what is not allowed now is not in the answer.',
      },
    })
