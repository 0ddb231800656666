import { person } from '@hourglass/kit/auth/principal'
import { runOnce } from '@hourglass/kit/db/idempotency'
import { PageQuery } from '@hourglass/kit/paging'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { listLate } from '../answers/late'
import { compensateOutage, pauseAttempts, resumeAttempts } from '../attempts/control'
import { AttemptPage, Compensated, Controlled, ControlMany, LatePage, Outage } from '../attempts/model'
import { listAttempts } from '../attempts/read'
import { logAudit } from '../audit/log'
import { AuditPage, readAudit } from '../audit/read'
import type { Deps } from '../deps'
import type { PaperShelf } from '../papers'
import { idempotencyKeys } from '../schema'
import { announceAttempts } from '../stream/announce'
import { findTaughtExam } from './find-exam'
import { Exam, ExamChange, ExamPage, MyExamPage, NewExam, TimesPage } from './model'
import { cancelExam, changeExam, createExam, getExam, listExams } from './service'
import { listMyExams, listTimes } from './times'

const ById = { params: z.object({ id: z.uuid() }) }

export const examRoutes = ({ db, cache, networkGraceSeconds, service: { log } }: Deps, shelf: PaperShelf) => {
  const announce = (ids: readonly string[]) => announceAttempts({ cache, log }, ids)
  const control = { db, networkGraceSeconds }
  return new Elysia({ prefix: '/api/exams', tags: ['exams'] })
    .use(person())
    .get('', ({ person, query }) => listExams(db, person, query), {
      query: PageQuery,
      response: ExamPage,
      detail: { summary: 'Exams that the teacher runs' },
    })
    .post(
      '',
      async ({ person, body, request, status }) => {
        const key = request.headers.get('idempotency-key')
        const scope = `${person.personId} POST /api/exams`
        return status(
          201,
          await runOnce(db, idempotencyKeys, { scope, key, body }, (tx) => createExam(tx, person, body)),
        )
      },
      { body: NewExam, response: { 201: Exam }, detail: { summary: 'Schedule an exam for a class' } },
    )
    .get('/mine', ({ person, query }) => listMyExams(db, shelf, person.personId, query), {
      query: PageQuery,
      response: MyExamPage,
      detail: { summary: 'My exams: what, when, how long for me and why' },
    })
    .get('/:id', ({ person, params }) => getExam(db, person, params.id), {
      ...ById,
      response: Exam,
      detail: { summary: 'One exam' },
    })
    .patch(
      '/:id',
      async ({ person, params, body }) => {
        const { exam, moved } = await changeExam(db, person, params.id, body, networkGraceSeconds)
        await announce(moved)
        return exam
      },
      { ...ById, body: ExamChange, response: Exam, detail: { summary: 'Change an exam; running attempts follow' } },
    )
    .delete(
      '/:id',
      async ({ person, params, status }) => {
        await cancelExam(db, person, params.id)
        return status(204, undefined)
      },
      { ...ById, response: { 204: z.undefined() }, detail: { summary: 'Cancel an exam that nobody has started' } },
    )
    .get(
      '/:id/times',
      async ({ person, params, query }) => listTimes(db, await findTaughtExam(db, person, params.id), query),
      {
        ...ById,
        query: PageQuery,
        response: TimesPage,
        detail: { summary: 'Who gets what time and why' },
      },
    )
    .get(
      '/:id/attempts',
      async ({ person, params, query }) => {
        await findTaughtExam(db, person, params.id)
        return listAttempts(db, params.id, query)
      },
      { ...ById, query: PageQuery, response: AttemptPage, detail: { summary: 'The live list of attempts' } },
    )
    .post(
      '/:id/pause',
      async ({ person, params, body }) => {
        await findTaughtExam(db, person, params.id)
        const answer = await pauseAttempts(control, { examId: params.id, actorId: person.personId, ...body })
        await announce(answer.items.map(({ attemptId }) => attemptId))
        return answer
      },
      {
        ...ById,
        body: ControlMany,
        response: Controlled,
        detail: { summary: 'Stop the clocks of some or all attempts' },
      },
    )
    .post(
      '/:id/resume',
      async ({ person, params, body }) => {
        await findTaughtExam(db, person, params.id)
        const answer = await resumeAttempts(control, { examId: params.id, actorId: person.personId, ...body })
        await announce(answer.items.map(({ attemptId }) => attemptId))
        return answer
      },
      { ...ById, body: ControlMany, response: Controlled, detail: { summary: 'Let the clocks go on' } },
    )
    .post(
      '/:id/compensate',
      async ({ person, params, body }) => {
        await findTaughtExam(db, person, params.id)
        const answer = await compensateOutage(control, { examId: params.id, actorId: person.personId, outage: body })
        await announce(answer.items.map(({ attemptId }) => attemptId))
        return answer
      },
      { ...ById, body: Outage, response: Compensated, detail: { summary: "Give an outage's minutes back, once" } },
    )
    .get(
      '/:id/late',
      async ({ person, params, query }) => {
        await findTaughtExam(db, person, params.id)
        return listLate(db, shelf, params.id, query)
      },
      { ...ById, query: PageQuery, response: LatePage, detail: { summary: 'Answers that came too late' } },
    )
    .get(
      '/:id/audit',
      async ({ person, params, query }) => {
        await findTaughtExam(db, person, params.id)
        return readAudit(db, params.id, query, logAudit(log))
      },
      {
        ...ById,
        query: PageQuery,
        response: AuditPage,
        detail: { summary: 'The audit trail and whether its chain is whole' },
      },
    )
}
