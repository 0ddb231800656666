import { toCanonicalJson } from '@hourglass/questions/canonical'
import type { Fate } from '@hourglass/support/history'
import type { Evidence } from '../evidence'
import { type Newest, placeOf } from './newest'

/** What the databases forgot when they were set back to a backup: stored from then until then. */
export type Period = { from: Date; to: Date }

const isWithin = (period: Period | null, instant: string): boolean =>
  period !== null && Date.parse(instant) >= period.from.getTime() && Date.parse(instant) <= period.to.getTime()

const isSame = (a: unknown, b: unknown) => toCanonicalJson(a) === toCanonicalJson(b)

/** I1, I2, I12: what was acknowledged is there, what is there was sent, and nothing is left open. */
export function judgeAnswers({ fates }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  // What the server seemed to have forgotten was sent again under its number, as another operation.
  const sent = Map.groupBy(fates, ({ operation }) => `${operation.attemptId}#${operation.seq}`)
  const acknowledged = new Map<string, Fate>()
  for (const fate of fates) {
    const { attemptId, questionId, seq, operationId } = fate.operation
    if (fate.end === 'unknown') faults.push(`I12: operation ${operationId} of attempt ${attemptId} has no final answer`)
    if (fate.end !== 'ok') continue
    const known = acknowledged.get(placeOf(attemptId, questionId))
    if (!known || known.operation.seq < seq) acknowledged.set(placeOf(attemptId, questionId), fate)
  }
  for (const [place, { operation }] of acknowledged) {
    const { attemptId, questionId, seq, response } = operation
    const kept = newest.get(attemptId)?.body.answers.find((answer) => answer.questionId === questionId)
    if (!kept) faults.push(`I1: the acknowledged answer ${place} #${seq} is not in the sealed snapshot`)
    else if (kept.seq < seq) faults.push(`I1: ${place}: #${seq} was acknowledged, but the snapshot holds #${kept.seq}`)
    else if (kept.seq === seq && !isSame(kept.response, response))
      faults.push(`I1: ${place} #${seq}: the snapshot holds another answer than the acknowledged one`)
  }
  for (const { attemptId, body } of newest.values()) {
    for (const { questionId, seq, response } of body.answers) {
      const its = (sent.get(`${attemptId}#${seq}`) ?? []).filter(
        ({ operation }) =>
          operation.questionId === questionId &&
          operation.personId === body.personId &&
          isSame(operation.response, response),
      )
      const [fate] = its
      if (!fate)
        faults.push(`I2: attempt ${attemptId} holds an answer to ${questionId} (#${seq}) that its student never sent`)
      else if (its.every(({ end }) => end === 'refused'))
        faults.push(`I2: attempt ${attemptId} holds #${seq}, which was refused at try ${fate.tries}: ${fate.refusal}`)
    }
  }
  return faults
}

/**
 * I1, also of answers that a newer one replaced before the seal: what was acknowledged was stored, as the receipt says. What was
 * forgotten is judged by the snapshot alone: its student has sent the newest of it again.
 */
export function judgeLog({ fates, logged }: Evidence, forgotten: Period | null): string[] {
  const storedAtOf = new Map(logged.map(({ operationId, storedAt }) => [operationId, storedAt.toISOString()]))
  return fates.flatMap(({ operation: { operationId, attemptId, seq }, end, answers }) => {
    if (end !== 'ok') return []
    const storedAt = storedAtOf.get(operationId)
    if (storedAt === undefined && answers.every((saved) => isWithin(forgotten, saved.storedAt))) return []
    if (storedAt === undefined) return [`I1: attempt ${attemptId}: #${seq} was acknowledged and is gone from the log`]
    if (answers.every((saved) => saved.storedAt === storedAt)) return []
    return [`I1: attempt ${attemptId}: #${seq} has another time of storing than its receipt says`]
  })
}

/** I7: an operation that was acknowledged twice was acknowledged alike, and never with another answer. */
export const judgeRepeats = ({ fates }: Evidence): string[] =>
  fates.flatMap(({ operation: { operationId }, answers, isAlterable }) => [
    ...(new Set(answers.map(({ storedAt, receipt }) => `${storedAt} ${receipt}`)).size > 1
      ? [`I7: operation ${operationId} got two different receipts`]
      : []),
    ...(isAlterable ? [`I7: operation ${operationId} was taken again with another answer`] : []),
  ])
