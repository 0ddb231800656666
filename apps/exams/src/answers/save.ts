import type { PersonOrSeat } from '@hourglass/kit/auth/principal'
import { ConflictError, NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import type { Counter } from '@hourglass/kit/metrics'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { Response } from '@hourglass/questions/response'
import { type AttemptFactsShelf, assertOwn } from '../attempts/find-attempt'
import type { SaveAnswer, SavedAnswer } from '../attempts/model'
import { checkResponse, isBlank } from './check-response'
import type { AttemptClock } from './judge-save'
import { sha256Of, signReceipt } from './receipt'
import type { SaveOutcome } from './store/outcome'
import type { AnswerWriter } from './writer'

type Parts = { facts: AttemptFactsShelf; writer: AnswerWriter; saves: Counter<'outcome'>; receiptKey: string }
type Input = { attemptId: string; questionId: string; body: SaveAnswer }

/**
 * Stores an answer and answers with a receipt after the commit. Throws a NotFoundError for another's attempt, an
 * UnprocessableError for an answer that cannot be one to this question, and a ConflictError when it cannot be taken any more:
 * `too-late` (kept as evidence) or `paused` (to be sent again on resumption).
 */
export async function saveAnswer(
  { facts, writer, saves, receiptKey }: Parts,
  principal: PersonOrSeat,
  input: Input,
): Promise<SavedAnswer> {
  const { attemptId, questionId, body } = input
  const { personId, certainty, questionOf } = await facts.factsOf(attemptId)
  assertOwn(principal, attemptId, personId)
  const question = questionOf.get(questionId)
  if (!question) throw new NotFoundError('question in this attempt')
  const fault = checkResponse(question, body.response, { certainty })
  if (fault) throw new UnprocessableError('wrong-answer-form', fault)
  const { operationId, seq, response, sentAt } = body
  const canonical = toCanonicalJson(response)
  const answerHash = sha256Of(canonical)
  const outcome = await writer.write({
    attemptId,
    questionId,
    operationId,
    seq,
    response: canonical,
    isBlank: isBlank(response),
    answerHash,
    sentAt: sentAt ? Date.parse(sentAt) : null,
  })
  saves.inc({ outcome: outcome.kind === 'stored' ? labelOf(outcome) : outcome.kind })
  return toSavedAnswer(outcome, { attemptId, questionId, answerHash, receiptKey })
}

const labelOf = ({ isLate, isStale }: { isLate: boolean; isStale: boolean }) =>
  isStale ? 'stale' : isLate ? 'late' : 'stored'

function toSavedAnswer(
  outcome: SaveOutcome,
  { receiptKey, ...about }: { attemptId: string; questionId: string; answerHash: string; receiptKey: string },
): SavedAnswer {
  switch (outcome.kind) {
    case 'stored': {
      const { seq, isLate, isStale, current } = outcome
      const storedAt = new Date(outcome.storedAt).toISOString()
      const receipt = signReceipt(receiptKey, { ...about, seq, storedAt })
      const stored = current && {
        seq: current.seq,
        response: Response.parse(current.response),
        storedAt: new Date(current.storedAt).toISOString(),
      }
      const saved = { seq, storedAt, receipt, isLate, isStale, ...timesOf(outcome) }
      return stored ? { ...saved, stored } : saved
    }
    case 'paused':
      throw new ConflictError(
        'paused',
        'The attempt is paused. Keep the answer and send it again when it goes on.',
        timesOf(outcome),
      )
    case 'too-late': {
      const { isKept, attempt } = outcome
      const fate = isKept
        ? 'The answer is kept, and your teacher can see it.'
        : 'Too many came after it to keep this one.'
      throw new ConflictError('too-late', `The attempt had ended. ${fate}`, {
        ...timesOf(outcome),
        state: attempt.state,
        isKept,
      })
    }
    case 'reused':
      throw new UnprocessableError('operation-reused', 'This operation id was used for another answer.')
    case 'locked':
    case 'missing':
      throw new NotFoundError('attempt')
  }
}

const instantOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

const timesOf = ({ now, attempt: { deadline, pausedAt } }: { now: number; attempt: AttemptClock }) => ({
  serverTime: new Date(now).toISOString(),
  deadline: instantOf(deadline),
  pausedAt: instantOf(pausedAt),
})
