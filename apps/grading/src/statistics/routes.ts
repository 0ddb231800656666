import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { AttemptChoice, Statistics } from './model'
import { getStatistics } from './service'

export const statisticsRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/statistics', tags: ['statistics'] })
    .use(person())
    .get('/:examId', ({ person, params, query }) => getStatistics(db, person, params.examId, query.attempts), {
      params: z.object({ examId: z.uuid() }),
      query: z.object({ attempts: AttemptChoice.default('first') }),
      response: Statistics,
      detail: {
        summary: 'What an exam’s marks say of its questions',
        description: 'Moodle’s definitions. Counts each student’s first attempt unless `attempts` says otherwise.',
      },
    })
