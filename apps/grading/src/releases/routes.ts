import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Deps } from '../deps'
import { idempotencyKeys } from '../schema'
import { NewRelease, Release } from './model'
import { listReleases, releaseExam, withdrawRelease } from './service'

export const releaseRoutes = ({ db }: Pick<Deps, 'db'>) =>
  new Elysia({ prefix: '/api/releases', tags: ['releases'] })
    .use(person())
    .get('', ({ person, query }) => listReleases(db, person, query), {
      query: PageQuery.extend({ examId: z.uuid().optional() }),
      response: pageOf(Release),
      detail: { summary: 'Which exams’ results are out' },
    })
    .post(
      '',
      ({ person, body, headers }) => {
        const scope = `${person.personId} POST /api/releases`
        const call = { scope, key: headers['idempotency-key'] ?? null, body }
        return runOnce(db, idempotencyKeys, call, (tx) => releaseExam(tx, person, body.examId))
      },
      {
        body: NewRelease,
        response: Release,
        detail: { summary: 'Release an exam’s results: the complete ones now, the others when complete' },
      },
    )
    .delete('/:examId', ({ person, params }) => withdrawRelease(db, person, params.examId), {
      params: z.object({ examId: z.uuid() }),
      response: Release,
      detail: { summary: 'Withdraw the release of an exam’s results' },
    })
