import { findBrokenLink } from '@hourglass/exams/audit'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { scoreQuestion, sumMarks } from '@hourglass/scoring'
import { compare, parseDecimal } from '@hourglass/scoring/rational'
import type { Fate } from '@hourglass/support/history'
import type { AttemptFacts, Evidence, SnapshotFacts } from './evidence'

/**
 * Everything that the evidence holds against the program, each as one sentence that begins with the invariant's number.
 * @param networkGraceMs for so long after the end saves are still taken, marked late
 */
export function judge(evidence: Evidence, networkGraceMs = 10_000): string[] {
  const newest = newestOf(evidence.snapshots)
  return [
    ...judgeAnswers(evidence, newest),
    ...judgeLog(evidence),
    ...judgeGrades(evidence, newest),
    ...judgeSeals(evidence, newest),
    ...judgeTimes(evidence, networkGraceMs),
    ...judgeAudit(evidence),
    ...judgeRepeats(evidence),
    ...judgeNotices(evidence),
    ...judgeEvents(evidence),
  ]
}

type Newest = ReadonlyMap<string, SnapshotFacts>

const newestOf = (snapshots: readonly SnapshotFacts[]): Newest => {
  const newest = new Map<string, SnapshotFacts>()
  for (const snapshot of snapshots) {
    const known = newest.get(snapshot.attemptId)
    if (!known || known.revision < snapshot.revision) newest.set(snapshot.attemptId, snapshot)
  }
  return newest
}

const placeOf = (attemptId: string, questionId: string) => `${attemptId}/${questionId}`
const isSame = (a: unknown, b: unknown) => toCanonicalJson(a) === toCanonicalJson(b)

/** I1, I2, I12: what was acknowledged is there, what is there was sent, and nothing is left open. */
function judgeAnswers({ fates }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  const sent = new Map(fates.map((fate) => [`${fate.operation.attemptId}#${fate.operation.seq}`, fate]))
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
      const fate = sent.get(`${attemptId}#${seq}`)
      const { operation } = fate ?? {}
      const isTheirs = operation?.questionId === questionId && operation.personId === body.personId
      if (!operation || !isTheirs || !isSame(operation.response, response))
        faults.push(`I2: attempt ${attemptId} holds an answer to ${questionId} (#${seq}) that its student never sent`)
      if (fate?.end === 'refused') faults.push(`I2: attempt ${attemptId} holds #${seq}, which was refused`)
    }
  }
  return faults
}

/** I1, also of answers that a newer one replaced before the seal: what was acknowledged was stored, as the receipt says. */
function judgeLog({ fates, logged }: Evidence): string[] {
  const storedAtOf = new Map(logged.map(({ operationId, storedAt }) => [operationId, storedAt.toISOString()]))
  return fates.flatMap(({ operation: { operationId, attemptId, seq }, end, answers }) => {
    if (end !== 'ok') return []
    const storedAt = storedAtOf.get(operationId)
    if (storedAt === undefined) return [`I1: attempt ${attemptId}: #${seq} was acknowledged and is gone from the log`]
    if (answers.every((saved) => saved.storedAt === storedAt)) return []
    return [`I1: attempt ${attemptId}: #${seq} has another time of storing than its receipt says`]
  })
}

/** I1, I3, I13: the marks are those that the newest snapshot earns by the key, reckoned here anew. */
function judgeGrades({ key, results, questionResults }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  const marksOf = new Map(questionResults.map((row) => [placeOf(row.attemptId, row.questionId), row.marks]))
  for (const { attemptId, body } of newest.values()) {
    const responseOf = new Map(body.answers.map(({ questionId, response }) => [questionId, response]))
    const marks = body.questionIds.map((questionId) => {
      const question = key.questions.find(({ id }) => id === questionId)
      if (!question) throw new Error(`the key has no question ${questionId}`)
      const { marks: own } = scoreQuestion(question, responseOf.get(questionId) ?? null)
      const given = marksOf.get(placeOf(attemptId, questionId))
      if (given === undefined || !areEqual(given, own))
        faults.push(`I3: ${placeOf(attemptId, questionId)} has ${given} marks, its sealed answer earns ${own}`)
      return own
    })
    const total = sumMarks(marks)
    const current = results.filter((row) => row.attemptId === attemptId)
    if (current.length !== 1) faults.push(`I3: attempt ${attemptId} has ${current.length} results`)
    for (const result of current) {
      if (!areEqual(result.marks, total)) faults.push(`I3: attempt ${attemptId} has ${result.marks}, it earns ${total}`)
    }
  }
  return faults
}

const areEqual = (a: string | null, b: string | null) =>
  a === null || b === null ? a === b : compare(parseDecimal(a), parseDecimal(b)) === 0

/** I3, I5, I6: every attempt is sealed once, each revision is told of once under its own digest, and grading holds the newest. */
function judgeSeals({ attempts, snapshots, told, audit, graded, fates }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  const known = new Set(attempts.map(({ attemptId }) => attemptId))
  for (const id of new Set(fates.map(({ operation }) => operation.attemptId))) {
    if (!known.has(id)) faults.push(`I1: the attempt ${id}, which a student sat, is gone`)
  }
  for (const attempt of attempts) {
    const { attemptId, state, snapshotRevision } = attempt
    const its = snapshots.filter((snapshot) => snapshot.attemptId === attemptId)
    if (state !== 'sealed') faults.push(`I5: attempt ${attemptId} is ${state}`)
    if (its.some(({ revision }, index) => revision !== index + 1) || its.length !== snapshotRevision)
      faults.push(`I3: attempt ${attemptId} is at revision ${snapshotRevision} with ${its.length} snapshots`)
    for (const { revision, digest, text } of its) {
      const times = told.filter((event) => event.attemptId === attemptId && event.digest === digest).length
      if (times !== 1) faults.push(`I3: revision ${revision} of attempt ${attemptId} was told of ${times} times`)
      if (digest !== new Bun.CryptoHasher('sha256').update(text).digest('hex'))
        faults.push(`I3: revision ${revision} of attempt ${attemptId} is not what its digest names`)
    }
    const seals = audit.filter((row) => row.attemptId === attemptId && row.action === 'attempt sealed').length
    const starts = audit.filter((row) => row.attemptId === attemptId && row.action === 'attempt started').length
    if (seals !== 1 || starts !== 1)
      faults.push(`I6: attempt ${attemptId} was started ${starts}, sealed ${seals} times`)
    const held = graded.find((row) => row.attemptId === attemptId)?.digest
    if (held !== newest.get(attemptId)?.digest) faults.push(`I3: grading holds an older snapshot of ${attemptId}`)
  }
  const persons = new Set(attempts.map(({ personId }) => personId))
  if (persons.size !== attempts.length) faults.push('I3: a student has two attempts where one is allowed')
  return faults
}

/** I4: nothing was taken after the end and its grace; what came after the end says so. */
function judgeTimes({ attempts, fates }: Evidence, networkGraceMs: number): string[] {
  const attemptOf = new Map(attempts.map((attempt) => [attempt.attemptId, attempt]))
  return fates.flatMap(({ operation, answers }) =>
    answers.flatMap((saved) => {
      const end = endOf(attemptOf.get(operation.attemptId))
      const storedAt = Date.parse(saved.storedAt)
      if (storedAt > end + networkGraceMs) return [`I4: ${operation.operationId} was stored after the grace`]
      return storedAt > end && !saved.isLate ? [`I4: ${operation.operationId} came late and is not marked so`] : []
    }),
  )
}

const endOf = (attempt: AttemptFacts | undefined): number =>
  attempt?.sealedAt?.getTime() ?? attempt?.deadline?.getTime() ?? Number.POSITIVE_INFINITY

function judgeAudit({ audit }: Evidence): string[] {
  if (audit.length === 0) return ['I6: there is no audit trail']
  const unlinked = audit.filter(({ number }) => number === null).length
  const brokenAt = unlinked > 0 ? null : findBrokenLink(audit)
  return [
    ...(unlinked > 0 ? [`I6: ${unlinked} audit rows are not in the chain`] : []),
    ...(brokenAt === null ? [] : [`I6: the audit chain breaks at row ${brokenAt}`]),
  ]
}

/** I7: an operation that was acknowledged twice was acknowledged alike. */
const judgeRepeats = ({ fates }: Evidence): string[] =>
  fates
    .filter(({ answers }) => new Set(answers.map(({ storedAt, receipt }) => `${storedAt} ${receipt}`)).size > 1)
    .map(({ operation }) => `I7: operation ${operation.operationId} got two different receipts`)

/** I8: each student has one mail about each of their results. */
const judgeNotices = ({ attempts, notices }: Evidence): string[] =>
  attempts.flatMap(({ attemptId, personId }) => {
    const its = notices.filter((notice) => notice.attemptId === attemptId)
    if (its.length === 1 && its[0]?.personId === personId) return []
    return [`I8: ${its.length} mails tell of the result of attempt ${attemptId}`]
  })

/** I9: nothing is left in an outbox, nothing was given up. */
const judgeEvents = ({ unpublished, parked }: Evidence): string[] => [
  ...unpublished.filter(({ count }) => count > 0).map(({ service, count }) => `I9: ${count} events wait in ${service}`),
  ...parked
    .filter(({ count }) => count > 0)
    .map(({ service, count }) => `I9: ${count} events are parked in ${service}`),
]
