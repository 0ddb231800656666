import { person } from '@hourglass/kit/auth/principal'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { Accommodation, AccommodationChange, AccommodationList } from './model'
import { listAccommodations, putAccommodation, removeAccommodation } from './service'

const PersonId = z.object({ personId: z.uuid() })

export const accommodationRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/accommodations', tags: ['accommodations'] })
    .use(person())
    .get('', ({ person, query }) => listAccommodations(db, person, query.classId), {
      query: z.object({ classId: z.uuid() }),
      response: AccommodationList,
      detail: { summary: 'Who in a class has more time' },
    })
    .put('/:personId', ({ person, params, body }) => putAccommodation(db, person, params.personId, body), {
      params: PersonId,
      body: AccommodationChange,
      response: Accommodation,
      detail: { summary: 'Give a student more time, in every exam and within 2 seconds in a running one' },
    })
    .delete(
      '/:personId',
      async ({ person, params, set }) => {
        await removeAccommodation(db, person, params.personId)
        set.status = 204
      },
      { params: PersonId, detail: { summary: 'Take the extra time back' } },
    )
