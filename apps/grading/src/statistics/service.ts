import type { Db } from '@hourglass/kit/db/connect'
import { UnavailableError } from '@hourglass/kit/errors'
import { compare, parseDecimal } from '@hourglass/scoring/rational'
import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { type Asker, type Exam, getVisibleExam } from '../access'
import { getPaper } from '../content/content'
import { getCurrentKey } from '../marking/current-key'
import { readSnapshot, responsesOf } from '../marking/snapshot'
import { attempts, questionResults, results } from '../schema'
import { describeExam, type MarkedAttempt } from './describe-exam'
import type { AttemptChoice, Statistics } from './model'

/** Throws a NotFoundError for an exam that is not the asker's to see, an UnavailableError until its content is here. */
export async function getStatistics(db: Db, asker: Asker, examId: string, choice: AttemptChoice): Promise<Statistics> {
  const exam = await getVisibleExam(db, asker, examId)
  const [paper, key] = await Promise.all([getPaper(db, exam.paperDigest), getCurrentKey(db, exam)])
  if (!paper || !key) throw new UnavailableError('The questions of this exam are still on their way.', 10)
  const sealed = await listSealed(db, exam)
  const chosen = chooseAttempts(sealed, choice)
  const marked = chosen.filter((attempt) => attempt.isMarked)
  const marks = await readMarks(db, exam)
  const sample = marked.map(
    ({ attemptId, maxMarks, snapshot }): MarkedAttempt => ({
      ...{ attemptId, maxMarks, marks: marks.get(attemptId) ?? new Map() },
      responses: responsesOf(readSnapshot(snapshot)),
    }),
  )
  const unmarked = chosen.length - marked.length
  return describeExam({ examId, title: exam.title, choice, unmarked, paper, key, attempts: sample })
}

type Sealed = Awaited<ReturnType<typeof listSealed>>[number]

async function listSealed(db: Db, { examId, gradingVersion }: Exam) {
  const isCurrent = and(eq(results.attemptId, attempts.attemptId), eq(results.gradingVersion, gradingVersion))
  const rows = await db
    .select({ attempt: attempts, result: results })
    .from(attempts)
    .leftJoin(results, isCurrent)
    .where(and(eq(attempts.examId, examId), isNotNull(attempts.sealedAt)))
    .orderBy(asc(attempts.personId), asc(attempts.number))
  return rows.map(({ attempt, result }) => ({
    attemptId: attempt.attemptId,
    personId: attempt.personId,
    snapshot: attempt.snapshot ?? '',
    isMarked: attempt.snapshot !== null && result !== null && !result.needsMarking,
    marks: result?.marks ?? '0',
    maxMarks: result?.maxMarks ?? '0',
  }))
}

/** `sealed` is ordered by person and attempt number. An unmarked attempt is chosen like any other, then left out and counted. */
function chooseAttempts(sealed: readonly Sealed[], choice: AttemptChoice): Sealed[] {
  if (choice === 'all') return [...sealed]
  const chosen = new Map<string, Sealed>()
  for (const attempt of sealed) {
    const held = chosen.get(attempt.personId)
    if (!held || choice === 'last' || (choice === 'highest' && isHigher(attempt, held)))
      chosen.set(attempt.personId, attempt)
  }
  return [...chosen.values()]
}

const isHigher = (a: Sealed, b: Sealed) =>
  a.isMarked && (!b.isMarked || compare(parseDecimal(a.marks), parseDecimal(b.marks)) > 0)

async function readMarks(db: Db, { examId, gradingVersion }: Exam): Promise<Map<string, Map<string, string>>> {
  const rows = await db
    .select({
      attemptId: questionResults.attemptId,
      questionId: questionResults.questionId,
      marks: questionResults.marks,
    })
    .from(questionResults)
    .where(
      and(
        eq(questionResults.examId, examId),
        eq(questionResults.gradingVersion, gradingVersion),
        isNotNull(questionResults.marks),
      ),
    )
  const byAttempt = new Map<string, Map<string, string>>()
  for (const { attemptId, questionId, marks } of rows) {
    if (marks === null) continue
    const held = byAttempt.get(attemptId) ?? new Map<string, string>()
    byAttempt.set(attemptId, held.set(questionId, marks))
  }
  return byAttempt
}
