import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { pageOf } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { idempotencyKeys } from '../schema'
import { listMembers, putMember, removeMember } from './members'
import { Class, ClassesQuery, ClassPatch, Member, Membership, MembersQuery, NewClass } from './model'
import { changeClass, createClass, deleteClass, getClass, listClasses } from './service'

const Id = z.object({ id: z.uuid() })
const MemberId = z.object({ id: z.uuid(), personId: z.uuid() })

export const classRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/classes', tags: ['classes'] })
    .use(person())
    .get('', ({ person, query }) => listClasses(db, person, query), {
      query: ClassesQuery,
      response: pageOf(Class),
      detail: { summary: 'Classes that I teach; every class for an admin' },
    })
    .post(
      '',
      async ({ person, body, headers, status }) => {
        const call = { scope: `${person.personId} POST /api/classes`, key: headers['idempotency-key'] ?? null, body }
        return status(201, await runOnce(db, idempotencyKeys, call, (tx) => createClass(tx, person, body)))
      },
      { body: NewClass, response: { 201: Class }, detail: { summary: 'Make a class' } },
    )
    .get('/:id', ({ person, params }) => getClass(db, person, params.id), {
      params: Id,
      response: Class,
      detail: { summary: 'One class' },
    })
    .patch('/:id', ({ person, params, body }) => changeClass(db, person, params.id, body), {
      params: Id,
      body: ClassPatch,
      response: Class,
      detail: { summary: 'Rename or archive a class' },
    })
    .delete(
      '/:id',
      async ({ person, params, set }) => {
        await deleteClass(db, person, params.id)
        set.status = 204
      },
      { params: Id, detail: { summary: 'Delete a class without students' } },
    )
    .get('/:id/members', ({ person, params, query }) => listMembers(db, person, params.id, query), {
      params: Id,
      query: MembersQuery,
      response: pageOf(Member),
      detail: { summary: 'Who is in a class' },
    })
    .put(
      '/:id/members/:personId',
      ({ person, params, body }) =>
        putMember(db, person, { classId: params.id, personId: params.personId, membership: body }),
      {
        params: MemberId,
        body: Membership,
        response: Member,
        detail: { summary: 'Add a person, or change their part' },
      },
    )
    .delete(
      '/:id/members/:personId',
      async ({ person, params, set }) => {
        await removeMember(db, person, params.id, params.personId)
        set.status = 204
      },
      { params: MemberId, detail: { summary: 'Remove a person from a class' } },
    )
