import type { Db } from '@hourglass/kit/db/connect'
import { BadRequestError } from '@hourglass/kit/errors'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { sumMarks } from '@hourglass/scoring'
import { add, negate, parseDecimal, toDecimal } from '@hourglass/scoring/rational'
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import { type Asker, type Exam, getVisibleExam } from '../access'
import type { ContentPort } from '../deps'
import { createKeyFinder } from '../marking/current-key'
import { markQuestion } from '../marking/mark-attempt'
import { readSnapshot, responsesOf } from '../marking/snapshot'
import { readGivenMarks } from '../marking/store-marks'
import { toPercent } from '../results/final-mark'
import { attempts, people, questionResults, results } from '../schema'
import { addCorrection, keepKeyOf } from './check'
import type { Move, PreviewRequest, RegradePreview } from './model'

const batchSize = 200

/** Says who would move by how much. Nothing is stored but the key of another version, if the correction names one. */
export async function previewRegrade(
  db: Db,
  content: ContentPort,
  asker: Asker,
  request: PreviewRequest,
): Promise<RegradePreview> {
  const { examId, questionId, correction, cursor, limit } = request
  const exam = await getVisibleExam(db, asker, examId)
  await keepKeyOf(db, content, exam, correction)
  const corrections = await addCorrection(db, exam, { questionId, correction })
  const findKey = await createKeyFinder(db, exam, corrections)
  const moves: Judged[] = []
  for await (const batch of readBatches(db, exam, questionId)) {
    const given = await readGivenMarks(
      db,
      batch.map(({ attempt }) => attempt.attemptId),
    )
    for (const row of batch) {
      const snapshot = readSnapshot(row.attempt.snapshot ?? '')
      const key = (await findKey(snapshot.paperDigest))?.key
      const question = key?.questions.find(({ id }) => id === questionId)
      if (!key || !question) continue
      const response = responsesOf(snapshot).get(questionId) ?? null
      const answer = { response, given: given.get(row.attempt.attemptId)?.get(questionId) }
      moves.push(judge(row, await markQuestion(question, key.treatments.get(questionId), answer, exam)))
    }
  }
  return summarise(exam, moves, cursor, limit)
}

type Row = Awaited<ReturnType<typeof readBatch>>[number]
type Judged = Move & { change: number; isByHand: boolean }

async function* readBatches(db: Db, exam: Exam, questionId: string): AsyncGenerator<Row[]> {
  let after: string | null = null
  do {
    const batch: Row[] = await readBatch(db, exam, questionId, after)
    yield batch
    after = batch.length === batchSize ? (batch.at(-1)?.attempt.attemptId ?? null) : null
  } while (after !== null)
}

const readBatch = (db: Db, { examId, gradingVersion }: Exam, questionId: string, after: string | null) =>
  db
    .select({ attempt: attempts, result: results, question: questionResults, name: people.name })
    .from(attempts)
    .innerJoin(results, and(eq(results.attemptId, attempts.attemptId), eq(results.gradingVersion, gradingVersion)))
    .innerJoin(
      questionResults,
      and(
        eq(questionResults.attemptId, attempts.attemptId),
        eq(questionResults.gradingVersion, gradingVersion),
        eq(questionResults.questionId, questionId),
      ),
    )
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(
      and(
        eq(attempts.examId, examId),
        isNotNull(attempts.snapshot),
        after === null ? undefined : gt(attempts.attemptId, after),
      ),
    )
    .orderBy(asc(attempts.attemptId))
    .limit(batchSize)

type NewMark = Awaited<ReturnType<typeof markQuestion>>

/** The totals are sums of question marks, so replacing one of them gives the new total exactly. */
function judge({ attempt, result, question, name }: Row, next: NewMark): Judged {
  const marks = { before: result.marks, after: replace(result.marks, question.marks, next.marks) }
  const maxMarks = { before: result.maxMarks, after: replace(result.maxMarks, question.maxMarks, next.maxMarks) }
  const percent = {
    before: toPercent(marks.before, maxMarks.before),
    after: toPercent(marks.after, maxMarks.after),
  }
  return {
    ...{ attemptId: attempt.attemptId, number: attempt.number, marks, maxMarks, percent },
    person: { personId: attempt.personId, name: name ?? '' },
    change: Number(percent.after ?? 0) - Number(percent.before ?? 0),
    isByHand: next.isManual,
  }
}

function replace(total: string, before: string | null, after: string | null): string {
  const rest = add(parseDecimal(total), negate(parseDecimal(before ?? '0')))
  return sumMarks([toDecimal(rest, 5), after])
}

function summarise(
  { gradingVersion }: Exam,
  judged: Judged[],
  cursor: string | undefined,
  limit: number,
): RegradePreview {
  const moved = judged.filter(
    ({ change, marks, maxMarks }) => change !== 0 || marks.before !== marks.after || maxMarks.before !== maxMarks.after,
  )
  const sorted = moved.toSorted(
    (a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.attemptId < b.attemptId ? -1 : 1),
  )
  const [last] = decodeCursor(cursor, 1) ?? []
  const from = last === undefined ? 0 : sorted.findIndex(({ attemptId }) => attemptId === last) + 1
  if (last !== undefined && from === 0)
    throw new BadRequestError('bad-cursor', 'The cursor is not one that this list gave out.')
  const meanOf = (side: 'before' | 'after') =>
    judged.length === 0
      ? null
      : judged.reduce((sum, { percent }) => sum + Number(percent[side] ?? 0), 0) / judged.length
  const page = toPage(sorted.slice(from, from + limit + 1), limit, toMove, ({ attemptId }) => [attemptId])
  const raised = judged.filter(({ change }) => change > 0).length
  const lowered = judged.filter(({ change }) => change < 0).length
  return {
    ...page,
    gradingVersion,
    counts: { raised, lowered, unchanged: judged.length - raised - lowered },
    keptByHand: judged.filter(({ isByHand }) => isByHand).length,
    mean: { before: meanOf('before'), after: meanOf('after') },
  }
}

const toMove = ({ attemptId, person, number, marks, maxMarks, percent }: Judged): Move => ({
  ...{ attemptId, person, number, marks, maxMarks, percent },
})
