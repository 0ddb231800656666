import { emit, eventIdOf } from '@hourglass/events/outbox'
import { createPostgresSource } from '@hourglass/events/postgres-source'
import type { Db } from '@hourglass/kit/db/connect'
import { and, arrayContains, asc, desc, eq, inArray, like, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { BankQuestion } from '../questions/model'
import type { Quiz } from '../quizzes/model'
import { events, images, questions, quizzes, versions } from '../schema'
import type { PageOf, QuestionPart, QuizPart, QuizStore, VersionPart } from './quiz-store'
import { fixedQuestionIds, questionSearchText, quizSearchText } from './search-text'

/** Rows of one statement: bounded, so that it stays well under the statement's time limit and the 65,535 parameters. */
const chunkSize = 500

/** The store on PostgreSQL: each document is a jsonb body with the columns that it is found by. */
export const createPostgresStore = (db: Db): QuizStore => ({
  ...quizDocuments(db),
  ...questionDocuments(db),
  ...versionDocuments(db),
  ...imageDocuments(db),
  events: createPostgresSource(db, events),
})

const quizDocuments = (db: Db): QuizPart => ({
  async insertQuiz(quiz) {
    const rows = await db.insert(quizzes).values(quizRow(quiz)).onConflictDoNothing().returning({ id: quizzes.id })
    return rows.length > 0
  },
  async getQuiz(id) {
    const [row] = await db.select({ body: quizzes.body }).from(quizzes).where(eq(quizzes.id, id))
    return row?.body ?? null
  },
  async replaceQuiz(quiz, expectedRevision) {
    const rows = await db
      .update(quizzes)
      .set(quizRow(quiz))
      .where(and(eq(quizzes.id, quiz.id), eq(quizzes.revision, expectedRevision)))
      .returning({ id: quizzes.id })
    return rows.length > 0
  },
  async deleteQuiz(id, expectedRevision) {
    const rows = await db
      .delete(quizzes)
      .where(and(eq(quizzes.id, id), eq(quizzes.revision, expectedRevision)))
      .returning({ id: quizzes.id })
    return rows.length > 0
  },
  async listQuizzes({ visibleTo, words }, page) {
    const isVisible =
      visibleTo === null ? undefined : or(eq(quizzes.ownerId, visibleTo), arrayContains(quizzes.editorIds, [visibleTo]))
    const rows = await db
      .select({ body: quizzes.body })
      .from(quizzes)
      .where(and(isVisible, ...containing(quizzes.searchText, words), comesAfter(quizzes, page)))
      .orderBy(desc(quizzes.updatedAt), desc(quizzes.id))
      .limit(page.limit)
    return rows.map(({ body }) => body)
  },
  async listQuizzesHolding(questionId) {
    const rows = await db
      .select({ body: quizzes.body })
      .from(quizzes)
      .where(arrayContains(quizzes.questionIds, [questionId]))
      .orderBy(asc(quizzes.id))
      .limit(100)
    return rows.map(({ body }) => body)
  },
})

const questionDocuments = (db: Db): QuestionPart => ({
  async insertQuestions(added) {
    for (const chunk of chunksOf(added)) {
      await db.insert(questions).values(chunk.map(questionRow)).onConflictDoNothing()
    }
  },
  async getQuestion(id) {
    const [row] = await db.select({ body: questions.body }).from(questions).where(eq(questions.id, id))
    return row?.body ?? null
  },
  async getQuestions(ids) {
    const found = new Map<string, BankQuestion>()
    for (const chunk of chunksOf(ids)) {
      const rows = await db.select({ body: questions.body }).from(questions).where(inArray(questions.id, chunk))
      for (const { body } of rows) found.set(body.id, body)
    }
    return ids.flatMap((id) => found.get(id) ?? [])
  },
  async replaceQuestion(question, expectedRevision) {
    const rows = await db
      .update(questions)
      .set(questionRow(question))
      .where(and(eq(questions.id, question.id), eq(questions.revision, expectedRevision)))
      .returning({ id: questions.id })
    return rows.length > 0
  },
  async deleteQuestion(id, expectedRevision) {
    const rows = await db
      .delete(questions)
      .where(and(eq(questions.id, id), eq(questions.revision, expectedRevision)))
      .returning({ id: questions.id })
    return rows.length > 0
  },
  async listQuestions({ ownerId, words, tag, type }, page) {
    const rows = await db
      .select({ body: questions.body })
      .from(questions)
      .where(
        and(
          ownerId === null ? undefined : eq(questions.ownerId, ownerId),
          tag === null ? undefined : arrayContains(questions.tags, [tag]),
          type === null ? undefined : eq(questions.type, type),
          ...containing(questions.searchText, words),
          comesAfter(questions, page),
        ),
      )
      .orderBy(desc(questions.updatedAt), desc(questions.id))
      .limit(page.limit)
    return rows.map(({ body }) => body)
  },
  async listTagged(ownerId, tag, limit) {
    const rows = await db
      .select({ body: questions.body })
      .from(questions)
      .where(and(eq(questions.ownerId, ownerId), arrayContains(questions.tags, [tag])))
      .orderBy(asc(questions.id))
      .limit(limit)
    return rows.map(({ body }) => body)
  },
  async listTags(ownerId, limit) {
    const tagged = db
      .select({ tag: sql<string>`unnest(${questions.tags})`.as('tag') })
      .from(questions)
      .where(ownerId === null ? undefined : eq(questions.ownerId, ownerId))
      .as('tagged')
    return db
      .select({ tag: tagged.tag, count: sql<number>`count(*)::int` })
      .from(tagged)
      .groupBy(tagged.tag)
      .orderBy(desc(sql`count(*)`), asc(tagged.tag))
      .limit(limit)
  },
})

const versionDocuments = (db: Db): VersionPart => ({
  insertVersion: ({ version, paper, key, event }) =>
    db.transaction(async (tx) => {
      const { digest, quizId, number, paperDigest, keyDigest } = version
      const rows = await tx
        .insert(versions)
        .values({ digest, quizId, number, paperDigest, keyDigest, body: version, paper, key })
        .onConflictDoNothing()
        .returning({ digest: versions.digest })
      if (rows.length === 0) return false
      await emit(tx, events.outbox, 'quiz.published', event, { id: eventIdOf('quiz.published', digest) })
      return true
    }),
  async getVersion(digest) {
    const [row] = await db.select({ body: versions.body }).from(versions).where(eq(versions.digest, digest))
    return row?.body ?? null
  },
  async listVersions(quizId, before, limit) {
    const rows = await db
      .select({ body: versions.body })
      .from(versions)
      .where(and(eq(versions.quizId, quizId), before === null ? undefined : lt(versions.number, before)))
      .orderBy(desc(versions.number))
      .limit(limit)
    return rows.map(({ body }) => body)
  },
  async latestVersions(quizIds) {
    if (quizIds.length === 0) return new Map()
    const rows = await db
      .selectDistinctOn([versions.quizId], { body: versions.body })
      .from(versions)
      .where(inArray(versions.quizId, [...quizIds]))
      .orderBy(versions.quizId, desc(versions.number))
    return new Map(rows.map(({ body }) => [body.quizId, body]))
  },
  async getPaper(digest) {
    const [row] = await db
      .select({ paper: versions.paper })
      .from(versions)
      .where(eq(versions.paperDigest, digest))
      .limit(1)
    return row?.paper ?? null
  },
  async getKey(digest) {
    const [row] = await db.select({ key: versions.key }).from(versions).where(eq(versions.keyDigest, digest)).limit(1)
    return row?.key ?? null
  },
})

const imageDocuments = (db: Db): Pick<QuizStore, 'insertImage' | 'getImage'> => ({
  async insertImage(image) {
    await db.insert(images).values(image).onConflictDoNothing()
  },
  async getImage(digest) {
    const [row] = await db.select().from(images).where(eq(images.digest, digest))
    return row ?? null
  },
})

const quizRow = (quiz: Quiz) => ({
  id: quiz.id,
  ownerId: quiz.ownerId,
  editorIds: quiz.editorIds,
  questionIds: fixedQuestionIds(quiz),
  searchText: quizSearchText(quiz),
  revision: quiz.revision,
  updatedAt: new Date(quiz.updatedAt),
  body: quiz,
})

const questionRow = (body: BankQuestion) => ({
  id: body.id,
  ownerId: body.ownerId,
  type: body.question.type,
  tags: body.question.tags,
  searchText: questionSearchText(body),
  revision: body.revision,
  updatedAt: new Date(body.updatedAt),
  body,
})

const containing = (column: PgColumn, words: readonly string[]): SQL[] =>
  words.map((word) => like(column, `%${word.replace(/[\\%_]/g, '\\$&')}%`))

function comesAfter(table: { updatedAt: PgColumn; id: PgColumn }, { after }: PageOf): SQL | undefined {
  if (!after) return undefined
  const time = new Date(after.updatedAt)
  return or(lt(table.updatedAt, time), and(eq(table.updatedAt, time), lt(table.id, after.id)))
}

function chunksOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / chunkSize)
  return Array.from({ length: count }, (_, index) => all.slice(index * chunkSize, (index + 1) * chunkSize))
}
