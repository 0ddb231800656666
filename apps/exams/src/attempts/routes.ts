import { type PersonOrSeat, personOf, principalOf } from '@hourglass/kit/auth/principal'
import { attemptHeader, examHeader, outcomeHeader } from '@hourglass/kit/edge-words'
import { UnauthorisedError } from '@hourglass/kit/errors'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { acceptLate } from '../answers/late'
import { measureSave } from '../answers/measure-save'
import { saveAnswer } from '../answers/save'
import type { AnswerWriter } from '../answers/writer'
import type { Deps } from '../deps'
import { findTaughtAttempt } from '../exams/find-exam'
import type { AnswerMetrics } from '../metrics'
import type { PaperShelf } from '../papers'
import { announceAttempts } from '../stream/announce'
import type { AttemptFeed } from '../stream/feed'
import { streamAttempt } from '../stream/stream'
import { pauseAttempts, resumeAttempts } from './control'
import { type AttemptFactsShelf, assertOwn, findOwnAttempt } from './find-attempt'
import { setFlags } from './flags'
import { Attempt, Controlled, ControlOne, Flags, NewAttempt, Receipts, SaveAnswer, SavedAnswer, Seal } from './model'
import type { PasswordGate } from './password'
import { readAttempt, readReceipts } from './read'
import { startAttempt } from './start'
import { type Submit, sealByTeacher } from './submit'

export type AttemptParts = {
  shelf: PaperShelf
  facts: AttemptFactsShelf
  writer: AnswerWriter
  gate: PasswordGate
  submit: Submit
  feed: AttemptFeed
  answerMetrics: AnswerMetrics
  saves: AnswerMetrics['saves']
}

const ById = { params: z.object({ id: z.uuid() }) }

function callerOf(request: Request): PersonOrSeat {
  const principal = principalOf(request)
  if (!principal || principal.kind === 'service') throw new UnauthorisedError()
  return principal
}

export const attemptRoutes = (deps: Deps, parts: AttemptParts) => {
  const { db, cache, receiptKey, service } = deps
  const all = { ...deps, ...parts }
  const announce = (id: string) => announceAttempts({ cache, log: service.log }, [id])
  return new Elysia({ prefix: '/api/attempts', tags: ['attempts'] })
    .post(
      '',
      async ({ request, body, set }) => {
        const { attempt, begunAt } = await startAttempt(all, personOf(request).personId, body)
        set.headers[attemptHeader] = attempt.id
        set.headers[examHeader] = attempt.examId
        return readAttempt(all, attempt, begunAt)
      },
      {
        body: NewAttempt,
        response: Attempt,
        detail: { summary: 'Start an attempt, or go on with the open one' },
      },
    )
    .get(
      '/:id',
      async ({ request, params, set }) => {
        const attempt = await findOwnAttempt(db, callerOf(request), params.id)
        set.headers[examHeader] = attempt.examId
        return readAttempt(all, attempt)
      },
      {
        ...ById,
        response: Attempt,
        detail: { summary: 'My attempt: paper, answers, clock' },
      },
    )
    .put(
      '/:id/answers/:questionId',
      async ({ request, params: { id, questionId }, body, set }) => {
        const saved = await measureSave(parts.answerMetrics, async () => {
          // Also in the line of one that is refused.
          set.headers[examHeader] = (await parts.facts.factsOf(id)).examId
          return saveAnswer({ ...parts, receiptKey }, callerOf(request), { attemptId: id, questionId, body })
        })
        if (saved.isLate || saved.isStale) set.headers[outcomeHeader] = saved.isLate ? 'late' : 'stale'
        return saved
      },
      {
        params: z.object({ id: z.uuid(), questionId: z.string().min(1).max(40) }),
        body: SaveAnswer,
        response: SavedAnswer,
        detail: { summary: 'Store an answer' },
      },
    )
    .put(
      '/:id/flags',
      async ({ request, params, body }) =>
        setFlags(db, await findOwnAttempt(db, callerOf(request), params.id), body.questionIds),
      { ...ById, body: Flags, response: Flags, detail: { summary: 'Flag questions to come back to' } },
    )
    .post(
      '/:id/submit',
      async ({ request, params, set }) => {
        const { examId, personId } = await parts.facts.factsOf(params.id)
        assertOwn(callerOf(request), params.id, personId)
        set.headers[examHeader] = examId
        const seal = await parts.submit(params.id)
        await announce(params.id)
        return seal
      },
      { ...ById, response: Seal, detail: { summary: 'Submit the attempt' } },
    )
    .get(
      '/:id/receipts',
      async ({ request, params }) => {
        await findOwnAttempt(db, callerOf(request), params.id)
        return readReceipts(db, receiptKey, params.id)
      },
      { ...ById, response: Receipts, detail: { summary: 'Receipts of every stored save' } },
    )
    .get(
      '/:id/stream',
      async ({ request, params }) =>
        streamAttempt(all, await findOwnAttempt(db, callerOf(request), params.id), request.signal),
      { ...ById, detail: { summary: 'Server-sent events: clock, paused, resumed, sealed' } },
    )
    .post(
      '/:id/pause',
      async ({ request, params, body }) => {
        const { personId, examId } = await teach(request, params.id)
        const which = { examId, attemptIds: [params.id], actorId: personId, ...body }
        const answer = await pauseAttempts(deps, which)
        await announce(params.id)
        return answer
      },
      { ...ById, body: ControlOne, response: Controlled, detail: { summary: "Stop one attempt's clock" } },
    )
    .post(
      '/:id/resume',
      async ({ request, params, body }) => {
        const { personId, examId } = await teach(request, params.id)
        const which = { examId, attemptIds: [params.id], actorId: personId, ...body }
        const answer = await resumeAttempts(deps, which)
        await announce(params.id)
        return answer
      },
      { ...ById, body: ControlOne, response: Controlled, detail: { summary: "Let one attempt's clock go on" } },
    )
    .post(
      '/:id/seal',
      async ({ request, params }) => {
        const { personId } = await teach(request, params.id)
        const seal = await sealByTeacher(db, params.id, personId)
        await announce(params.id)
        return seal
      },
      { ...ById, response: Seal, detail: { summary: 'End an attempt as its teacher' } },
    )
    .post(
      '/:id/late/:lateId/accept',
      async ({ request, params }) => {
        const { personId } = await teach(request, params.id)
        return acceptLate(db, params.id, params.lateId, personId)
      },
      {
        params: z.object({ id: z.uuid(), lateId: z.uuid() }),
        response: Seal,
        detail: { summary: 'Take a late answer in after all' },
      },
    )

  async function teach(request: Request, attemptId: string) {
    const teacher = personOf(request)
    const { exam } = await findTaughtAttempt(db, teacher, attemptId)
    return { personId: teacher.personId, examId: exam.id }
  }
}
