import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { pageOf } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { InvitationLink } from '../invitations/model'
import { invite } from '../invitations/service'
import { idempotencyKeys } from '../schema'
import { Me, PasswordChange } from '../sessions/model'
import { changePassword } from './change-password'
import { NewPerson, PeopleQuery, Person, PersonPatch } from './model'
import { changePerson, createPerson, getPerson, listPeople } from './service'

const Id = z.object({ id: z.uuid() })

export const peopleRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/people', tags: ['people'] })
    .use(person())
    .get('/me', ({ person }) => getPerson(db, person, person.personId), {
      response: Me,
      detail: { summary: 'Who I am' },
    })
    .put(
      '/me/password',
      async ({ person, body, set }) => {
        await changePassword(db, person, body)
        set.status = 204
      },
      { body: PasswordChange, detail: { summary: 'Change my password; every other session of mine ends' } },
    )
    .get('', ({ person, query }) => listPeople(db, person, query), {
      query: PeopleQuery,
      response: pageOf(Person),
      detail: {
        summary: 'Find people',
        description: 'An admin sees everybody; a teacher the people of their classes, and anyone by the exact `email`.',
      },
    })
    .post(
      '',
      async ({ person, body, headers, status }) => {
        const call = { scope: `${person.personId} POST /api/people`, key: headers['idempotency-key'] ?? null, body }
        return status(201, await runOnce(db, idempotencyKeys, call, (tx) => createPerson(tx, body)))
      },
      { body: NewPerson, response: { 201: Person }, detail: { summary: 'Create an account; invite its owner next' } },
    )
    .get('/:id', ({ person, params }) => getPerson(db, person, params.id), {
      params: Id,
      response: Person,
      detail: { summary: 'One person' },
    })
    .patch('/:id', ({ params, body }) => changePerson(db, params.id, body), {
      params: Id,
      body: PersonPatch,
      response: Person,
      detail: { summary: 'Change a person; deactivating signs them out' },
    })
    .post(
      '/:id/invitation',
      async ({ person, params, set, status }) => {
        set.headers['cache-control'] = 'no-store'
        return status(201, await invite(db, person, params.id))
      },
      {
        params: Id,
        response: { 201: InvitationLink },
        detail: { summary: 'A link with which a person sets their password, good once and for 7 days' },
      },
    )
