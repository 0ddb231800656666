import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { PageQuery } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { idempotencyKeys } from '../schema'
import { announceAttempts } from '../stream/announce'
import { NewOverride, Override, OverrideChange, OverridePage } from './model'
import { changeOverride, createOverride, deleteOverride, listOverrides } from './service'

const ById = { params: z.object({ id: z.uuid() }) }

export const overrideRoutes = ({ db, cache, networkGraceSeconds, service: { log } }: Deps) => {
  const announce = (ids: readonly string[]) => announceAttempts({ cache, log }, ids)
  return new Elysia({ prefix: '/api/overrides', tags: ['overrides'] })
    .use(person())
    .get('', ({ person, query: { examId, ...page } }) => listOverrides(db, person, examId, page), {
      query: PageQuery.extend({ examId: z.uuid() }),
      response: OverridePage,
      detail: { summary: 'Exceptions to an exam' },
    })
    .post(
      '',
      async ({ person, body, request, status }) => {
        const call = {
          scope: `${person.personId} POST /api/overrides`,
          key: request.headers.get('idempotency-key'),
          body,
        }
        const { answer, moved } = await runOnce(db, idempotencyKeys, call, (tx) =>
          createOverride(tx, person, body, networkGraceSeconds),
        )
        await announce(moved)
        return status(201, answer)
      },
      {
        body: NewOverride,
        response: { 201: Override },
        detail: { summary: 'Make an exception for a student or a group' },
      },
    )
    .put(
      '/:id',
      async ({ person, params, body }) => {
        const { answer, moved } = await changeOverride(db, person, params.id, body, networkGraceSeconds)
        await announce(moved)
        return answer
      },
      {
        ...ById,
        body: OverrideChange,
        response: Override,
        detail: { summary: 'Change an exception; running attempts follow' },
      },
    )
    .delete(
      '/:id',
      async ({ person, params, status }) => {
        await announce(await deleteOverride(db, person, params.id, networkGraceSeconds))
        return status(204, undefined)
      },
      { ...ById, response: { 204: z.undefined() }, detail: { summary: 'Remove an exception' } },
    )
}
