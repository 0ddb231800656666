import type { Db } from '@hourglass/kit/db/connect'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Asker, type Exam, getVisibleExam } from '../access'
import { getPaper } from '../content/content'
import { isOfCurrentVersion } from '../marking/grading-version'
import { isReleased } from '../releases/tell'
import { attempts, people, questionResults, results } from '../schema'
import { isCurrentResult, toAttemptFields } from './attempt-state'
import type { ExamSummary, ResultRow, ResultSort, ResultsPage, ResultsQuery } from './model'

/** Every attempt at an exam with its marks. Throws a NotFoundError for an exam that is not the asker's. */
export async function listResults(db: Db, asker: Asker, query: ResultsQuery): Promise<ResultsPage> {
  const exam = await getVisibleExam(db, asker, query.examId)
  const isOut = await isReleased(db, exam)
  const rows = await selectAttempts(db, query)
  const questions = await readQuestions(
    db,
    rows.map(({ attempt }) => attempt.attemptId),
  )
  const toRow = ({ attempt, result, name }: (typeof rows)[number]): ResultRow => ({
    ...toAttemptFields(attempt, result, name, isOut),
    questions: result ? (questions.get(attempt.attemptId) ?? []) : [],
  })
  const page = toPage(rows, query.limit, toRow, ({ place, attempt }) => [place, attempt.attemptId])
  return { ...page, exam: await summariseExam(db, exam, isOut) }
}

const stateRank = sql`case when ${attempts.sealedAt} is null then 0 when ${results.attemptId} is null then 1 when ${results.needsMarking} then 2 else 3 end`

/** What to sort by, never null, and the type in which a cursor's text is read back. */
const sortKeys: Record<ResultSort, { key: SQL; type: string }> = {
  name: { key: sql`lower(coalesce(${people.name}, ''))`, type: 'text' },
  marks: { key: sql`coalesce(${results.marks}, '-Infinity'::numeric)`, type: 'numeric' },
  submitted: { key: sql`coalesce(extract(epoch from ${attempts.sealedAt}), 'Infinity'::numeric)`, type: 'numeric' },
  duration: {
    key: sql`coalesce(extract(epoch from ${attempts.sealedAt} - ${attempts.startedAt}), 'Infinity'::numeric)`,
    type: 'numeric',
  },
  state: { key: stateRank, type: 'integer' },
}

function selectAttempts(db: Db, { examId, sort, order, cursor, limit }: ResultsQuery) {
  const { key, type } = sortKeys[sort]
  const after = decodeCursor(cursor, 2)
  const isAfter = order === 'asc' ? sql`>` : sql`<`
  const direction = sql.raw(order)
  return db
    .select({ attempt: attempts, result: results, name: people.name, place: sql<string>`(${key})::text` })
    .from(attempts)
    .leftJoin(results, isCurrentResult)
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(
      and(
        eq(attempts.examId, examId),
        after
          ? sql`(${key}, ${attempts.attemptId}) ${isAfter} (${after[0]}::${sql.raw(type)}, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(sql`${key} ${direction}`, sql`${attempts.attemptId} ${direction}`)
    .limit(limit + 1)
}

async function readQuestions(db: Db, attemptIds: readonly string[]): Promise<Map<string, ResultRow['questions']>> {
  const byAttempt = new Map<string, ResultRow['questions']>()
  if (attemptIds.length === 0) return byAttempt
  const rows = await db
    .select()
    .from(questionResults)
    .where(
      and(
        inArray(questionResults.attemptId, [...attemptIds]),
        isOfCurrentVersion(questionResults),
        sql`${questionResults.type} <> 'description'`,
      ),
    )
    .orderBy(asc(questionResults.attemptId), asc(questionResults.position))
  for (const { attemptId, questionId, marks, maxMarks, state } of rows) {
    byAttempt.set(attemptId, [...(byAttempt.get(attemptId) ?? []), { questionId, marks, maxMarks, state }])
  }
  return byAttempt
}

async function summariseExam(db: Db, exam: Exam, isOut: boolean): Promise<ExamSummary> {
  const paper = await getPaper(db, exam.paperDigest)
  const rows = await db
    .select({ rank: sql<number>`${stateRank}`, size: sql<number>`count(*)::int` })
    .from(attempts)
    .leftJoin(results, isCurrentResult)
    .where(eq(attempts.examId, exam.examId))
    .groupBy(stateRank)
  const sizeOf = (rank: number) => rows.find((row) => row.rank === rank)?.size ?? 0
  const asked = paper?.questions.filter(({ type }) => type !== 'description') ?? []
  return {
    examId: exam.examId,
    title: exam.title,
    gradingMethod: exam.gradingMethod,
    questions: asked.map(({ id: questionId, type, html, maxMarks }, index) => ({
      ...{ questionId, number: index + 1, type, html, maxMarks },
    })),
    counts: {
      open: sizeOf(0),
      sealed: sizeOf(1),
      needsMarking: sizeOf(2),
      complete: isOut ? 0 : sizeOf(3),
      released: isOut ? sizeOf(3) : 0,
    },
  }
}
