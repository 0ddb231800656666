import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { getVisibleExam } from '../access'
import type { Deps } from '../deps'
import { idempotencyKeys } from '../schema'
import { keepKeyOf } from './check'
import { NewRegrade, PreviewRequest, Regrade, RegradePage, RegradePreview, RegradeQuery, UndoRegrade } from './model'
import { previewRegrade } from './preview'
import { applyRegrade, listRegrades, undoRegrade } from './service'

type RegradeDeps = Pick<Deps, 'db' | 'content' | 'service'>

export const regradeRoutes = ({ db, content, service: { log } }: RegradeDeps) =>
  new Elysia({ prefix: '/api/regrades', tags: ['regrades'] })
    .use(person())
    .get('', ({ person, query }) => listRegrades(db, person, query), {
      query: RegradeQuery,
      response: RegradePage,
      detail: { summary: 'Corrections of an exam’s key, the newest first' },
    })
    .post('/preview', ({ person, body }) => previewRegrade(db, content, person, body), {
      body: PreviewRequest,
      response: RegradePreview,
      detail: { summary: 'What a correction would do: who would move, by how much' },
    })
    .post(
      '',
      async ({ person, body, headers }) => {
        await keepKeyOf(db, content, await getVisibleExam(db, person, body.examId), body.correction)
        const scope = `${person.personId} POST /api/regrades`
        const call = { scope, key: headers['idempotency-key'] ?? null, body }
        return runOnce(db, idempotencyKeys, call, (tx) => applyRegrade(tx, log, person, body))
      },
      {
        body: NewRegrade,
        response: Regrade,
        detail: {
          summary: 'Correct a question after the exam, and mark every attempt anew',
          description: 'Ask for a preview first and send its `gradingVersion`. The correction can be undone.',
        },
      },
    )
    .post(
      '/:regradeId/undo',
      ({ person, params, body }) => db.transaction((tx) => undoRegrade(tx, log, person, { ...params, ...body })),
      {
        params: z.object({ regradeId: z.uuid() }),
        body: UndoRegrade,
        response: Regrade,
        detail: { summary: 'Undo a correction: the marks are as if it had never been made' },
      },
    )
