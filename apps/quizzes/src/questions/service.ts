import { ConflictError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import type { Question, QuestionType } from '@hourglass/questions/question'
import { authorOf, findQuestion, isAdmin, maySeeQuiz, type Viewer } from '../access'
import { creationId, keyReused } from '../creation-id'
import { assertSize, maxDraftBytes } from '../size'
import { staleRevision } from '../stale'
import { assertStorable } from '../storable'
import type { QuizStore } from '../store/quiz-store'
import { toWords } from '../store/search-text'
import type { BankQuestion, QuestionChange, TagCount, UsedQuestion } from './model'

export async function createQuestion(
  store: QuizStore,
  viewer: Viewer,
  question: Question,
  key: string | null,
): Promise<BankQuestion> {
  assertStorable(question)
  assertSize('question', question, maxDraftBytes)
  const id = creationId(viewer, 'create question', key)
  const now = new Date().toISOString()
  const created: BankQuestion = {
    id,
    ownerId: viewer.personId,
    revision: 1,
    createdAt: now,
    updatedAt: now,
    updatedBy: authorOf(viewer),
    question: { ...question, id },
  }
  await store.insertQuestions([created])
  const stored = await store.getQuestion(id)
  if (!stored) throw new Error(`question ${id} was stored and is gone`)
  if (stored.revision === 1 && !hasSameContent(stored, created)) throw keyReused()
  return stored
}

/** Saves a question. Throws a ConflictError that says who was faster when `change.revision` is not the stored one. */
export async function changeQuestion(
  store: QuizStore,
  viewer: Viewer,
  id: string,
  change: QuestionChange,
): Promise<BankQuestion> {
  assertStorable(change)
  assertSize('question', change.question, maxDraftBytes)
  const stored = await findQuestion(store, viewer, id)
  const next: BankQuestion = {
    ...stored,
    question: { ...change.question, id },
    revision: change.revision + 1,
    updatedAt: new Date().toISOString(),
    updatedBy: authorOf(viewer),
  }
  if (stored.revision === change.revision && (await store.replaceQuestion(next, change.revision))) return next
  const current = await findQuestion(store, viewer, id)
  const isOwnRepeat = current.revision === next.revision && current.updatedBy.personId === viewer.personId
  if (isOwnRepeat && hasSameContent(current, next)) return current
  throw staleRevision('question', current)
}

/** Deletes a question. Throws a ConflictError that names the quizzes while any of them holds it. */
export async function deleteQuestion(store: QuizStore, viewer: Viewer, id: string): Promise<void> {
  const question = await findQuestion(store, viewer, id)
  const holding = await store.listQuizzesHolding(id)
  if (holding.length > 0) {
    const quizzes = usesOf(viewer, holding)
    const hidden = holding.length - quizzes.length
    const names = quizzes.map(({ title }) => `“${title}”`)
    if (hidden > 0) names.push(`${hidden} of other people`)
    throw new ConflictError(
      'question-in-use',
      `This question stands in ${names.join(', ')}. Take it out there first.`,
      {
        quizzes,
      },
    )
  }
  if (await store.deleteQuestion(id, question.revision)) return
  throw new ConflictError('stale-revision', 'Somebody is changing this question at this moment. Try again.')
}

export async function getUsedQuestion(store: QuizStore, viewer: Viewer, id: string): Promise<UsedQuestion> {
  const question = await findQuestion(store, viewer, id)
  return { ...question, usedIn: usesOf(viewer, await store.listQuizzesHolding(id)) }
}

export type QuestionQuery = PageQuery & { query?: string; tag?: string; type?: QuestionType }

/** The viewer's own bank; an admin searches all banks. */
export async function listQuestions(store: QuizStore, viewer: Viewer, query: QuestionQuery) {
  const [updatedAt, id] = decodeCursor(query.cursor, 2) ?? []
  const after = updatedAt && id ? { updatedAt, id } : null
  const filter = {
    ownerId: isAdmin(viewer) ? null : viewer.personId,
    words: toWords(query.query ?? ''),
    tag: query.tag ?? null,
    type: query.type ?? null,
  }
  const questions = await store.listQuestions(filter, { after, limit: query.limit + 1 })
  return toPage(
    questions,
    query.limit,
    (question) => question,
    (question) => [question.updatedAt, question.id],
  )
}

export const listTags = (store: QuizStore, viewer: Viewer): Promise<TagCount[]> =>
  store.listTags(isAdmin(viewer) ? null : viewer.personId, 500)

const usesOf = (viewer: Viewer, quizzes: Awaited<ReturnType<QuizStore['listQuizzesHolding']>>) =>
  quizzes.filter((quiz) => maySeeQuiz(viewer, quiz)).map(({ id: quizId, title }) => ({ quizId, title }))

const hasSameContent = (a: BankQuestion, b: BankQuestion): boolean =>
  toCanonicalJson(a.question) === toCanonicalJson(b.question)
