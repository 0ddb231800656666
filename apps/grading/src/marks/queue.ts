import type { Db } from '@hourglass/kit/db/connect'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, exists, inArray, or, sql } from 'drizzle-orm'
import { type Asker, type Exam, getVisibleExam } from '../access'
import { getKey, getPaper } from '../content/content'
import { readSnapshot, responsesOf } from '../marking/snapshot'
import { attempts, manualMarks, people, questionResults } from '../schema'
import { listGivenMarks, toGivenMark } from './given'
import type { AnswerToMark, MarkingQueue, MarksQuery, QuestionToMark } from './model'

/**
 * The answers of an exam that wait for a person, question by question, in an order that has nothing to do with who wrote them
 * or when. `state: all` adds those that a person has marked. Throws a NotFoundError for an exam that is not the asker's.
 */
export async function listAnswersToMark(db: Db, asker: Asker, query: MarksQuery): Promise<MarkingQueue> {
  const exam = await getVisibleExam(db, asker, query.examId)
  const rows = await selectAnswers(db, exam, query)
  const given = await listGivenMarks(
    db,
    rows.map(({ attemptId }) => attemptId),
  )
  const newest = new Map(given.map((row) => [`${row.mark.attemptId}/${row.mark.questionId}`, row]))
  const toAnswer = (row: (typeof rows)[number]): AnswerToMark => {
    const { attemptId, questionId, personId, name, state, marks, maxMarks, responseDigest } = row
    const mark = newest.get(`${attemptId}/${questionId}`)
    return {
      ...{ attemptId, questionId, state, marks, maxMarks, responseDigest },
      person: query.anonymous ? null : { personId, name: name ?? '' },
      response: row.snapshot === null ? null : (responsesOf(readSnapshot(row.snapshot)).get(questionId) ?? null),
      given: mark ? toGivenMark(mark, responseDigest) : null,
      revision: mark?.mark.revision ?? 0,
    }
  }
  const page = toPage(rows, query.limit, toAnswer, ({ questionId, place }) => [questionId, place])
  return { ...page, questions: await describeQuestions(db, exam) }
}

const wasMarked = (db: Db) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(manualMarks)
      .where(
        and(
          eq(manualMarks.attemptId, questionResults.attemptId),
          eq(manualMarks.questionId, questionResults.questionId),
        ),
      ),
  )

function selectAnswers(
  db: Db,
  { examId, gradingVersion }: Exam,
  { questionId, state, cursor, limit }: Omit<MarksQuery, 'examId'>,
) {
  const place = sql<string>`md5(${questionResults.attemptId}::text || ${questionResults.questionId})`
  const after = decodeCursor(cursor, 2)
  const isPending = eq(questionResults.state, 'needs-marking')
  const columns = {
    attemptId: questionResults.attemptId,
    questionId: questionResults.questionId,
    state: questionResults.state,
    marks: questionResults.marks,
    maxMarks: questionResults.maxMarks,
    responseDigest: questionResults.responseDigest,
    personId: attempts.personId,
    snapshot: attempts.snapshot,
    name: people.name,
    place,
  }
  return db
    .select(columns)
    .from(questionResults)
    .innerJoin(attempts, eq(attempts.attemptId, questionResults.attemptId))
    .leftJoin(people, eq(people.personId, attempts.personId))
    .where(
      and(
        eq(questionResults.examId, examId),
        eq(questionResults.gradingVersion, gradingVersion),
        questionId ? eq(questionResults.questionId, questionId) : undefined,
        state === 'pending' ? isPending : or(isPending, wasMarked(db)),
        after ? sql`(${questionResults.questionId}, ${place}) > (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(asc(questionResults.questionId), asc(place))
    .limit(limit + 1)
}

/** The questions of the exam that people mark: essays, and others where an answer waits or was marked. */
async function describeQuestions(db: Db, exam: Exam): Promise<QuestionToMark[]> {
  const [paper, key] = await Promise.all([getPaper(db, exam.paperDigest), getKey(db, exam.keyDigest)])
  const isPending = sql`${questionResults.state} = 'needs-marking'`
  const counts = await db
    .select({
      questionId: questionResults.questionId,
      pending: sql<number>`count(*) filter (where ${isPending})::int`,
      marked: sql<number>`count(*) filter (where ${questionResults.isManual})::int`,
    })
    .from(questionResults)
    .where(
      and(
        eq(questionResults.examId, exam.examId),
        eq(questionResults.gradingVersion, exam.gradingVersion),
        or(inArray(questionResults.type, ['essay']), isPending, questionResults.isManual),
      ),
    )
    .groupBy(questionResults.questionId)
  const countOf = new Map(counts.map((count) => [count.questionId, count]))
  const keyOf = new Map(key?.questions.map((question) => [question.id, question]))
  const asked = paper?.questions.filter(({ type }) => type !== 'description') ?? []
  return asked.flatMap(({ id: questionId, type, html, maxMarks }, index) => {
    const count = countOf.get(questionId)
    if (!count) return []
    const question = keyOf.get(questionId)
    const markingNotesHtml = question?.type === 'essay' ? question.markingNotesHtml : ''
    return [{ number: index + 1, type, html, markingNotesHtml, maxMarks, ...count }]
  })
}
