import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { giveMark } from './give-mark'
import { MarkingQueue, MarkStored, MarksQuery, NewMark } from './model'
import { listAnswersToMark } from './queue'

const Place = z.object({ attemptId: z.uuid(), questionId: z.string().min(1).max(40) })

export const markRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/marks', tags: ['marks'] })
    .use(person())
    .get('', ({ person, query }) => listAnswersToMark(db, person, query), {
      query: MarksQuery,
      response: MarkingQueue,
      detail: { summary: 'Answers that wait for a person’s mark' },
    })
    .put('/:attemptId/:questionId', ({ person, params, body }) => giveMark(db, person, params, body), {
      params: Place,
      body: NewMark,
      response: MarkStored,
      detail: {
        summary: 'Mark an answer',
        description: 'Also replaces what the key gave. A stale `revision` answers 409 with the mark given meanwhile.',
      },
    })
