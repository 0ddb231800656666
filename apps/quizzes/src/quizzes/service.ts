import { ConflictError, ForbiddenError, UnprocessableError } from '@hourglass/kit/errors'
import { decodeCursor, encodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { emptyText } from '@hourglass/questions/question'
import { authorOf, findQuiz, isAdmin, maySeeQuestion, type Viewer } from '../access'
import { creationId, keyReused } from '../creation-id'
import type { BankQuestion } from '../questions/model'
import { assertSize, maxDraftBytes } from '../size'
import { staleRevision } from '../stale'
import { assertStorable } from '../storable'
import type { QuizStore } from '../store/quiz-store'
import { fixedQuestionIds, toWords } from '../store/search-text'
import type { Version } from '../versions/model'
import { defaultSettings, type NewQuiz, type Quiz, type QuizChange, type QuizSummary } from './model'

/** Creates a draft; under an Idempotency-Key that was used before it answers the draft of the first request. */
export async function createQuiz(store: QuizStore, viewer: Viewer, input: NewQuiz, key: string | null): Promise<Quiz> {
  assertStorable(input)
  assertSize('quiz', input, maxDraftBytes)
  const now = new Date().toISOString()
  const { title, intro = emptyText, sections = [], settings = defaultSettings } = input
  const quiz: Quiz = {
    title,
    intro,
    sections,
    settings,
    id: creationId(viewer, 'create quiz', key),
    ownerId: viewer.personId,
    editorIds: [],
    revision: 1,
    createdAt: now,
    updatedAt: now,
    updatedBy: authorOf(viewer),
  }
  await assertPlaceable(store, viewer, quiz, new Set())
  return insertQuiz(store, quiz)
}

/** Stores a new draft, or answers the one that an earlier try of the same request stored. */
export async function insertQuiz(store: QuizStore, quiz: Quiz): Promise<Quiz> {
  if (await store.insertQuiz(quiz)) return quiz
  const first = await store.getQuiz(quiz.id)
  if (!first) throw new Error(`quiz ${quiz.id} was taken and is gone`)
  if (first.revision === 1 && !hasSameContent(first, quiz)) throw keyReused()
  return first
}

/** Saves the whole draft. Throws a ConflictError that says who was faster when `change.revision` is not the stored one. */
export async function changeQuiz(store: QuizStore, viewer: Viewer, id: string, change: QuizChange): Promise<Quiz> {
  assertStorable(change)
  assertSize('quiz', change, maxDraftBytes)
  const stored = await findQuiz(store, viewer, id)
  const { revision, editorIds = stored.editorIds, ...content } = change
  const isOwner = isAdmin(viewer) || stored.ownerId === viewer.personId
  if (!isOwner && toCanonicalJson(editorIds.toSorted()) !== toCanonicalJson(stored.editorIds.toSorted())) {
    throw new ForbiddenError('owner-only', 'Only the owner of a quiz decides who else may edit it.')
  }
  const editors = [...new Set(editorIds)].filter((editorId) => editorId !== stored.ownerId)
  const next: Quiz = {
    ...stored,
    ...content,
    editorIds: editors,
    revision: revision + 1,
    updatedAt: new Date().toISOString(),
    updatedBy: authorOf(viewer),
  }
  if (stored.revision !== revision) return settleStale(viewer, stored, next)
  await assertPlaceable(store, viewer, next, new Set(fixedQuestionIds(stored)))
  if (await store.replaceQuiz(next, revision)) return next
  return settleStale(viewer, await findQuiz(store, viewer, id), next)
}

/** A save whose answer was lost comes again and finds itself stored; any other stale save is refused. */
function settleStale(viewer: Viewer, stored: Quiz, wanted: Quiz): Quiz {
  const isOwnRepeat = stored.revision === wanted.revision && stored.updatedBy.personId === viewer.personId
  if (isOwnRepeat && hasSameContent(stored, wanted)) return stored
  throw staleRevision('quiz', stored)
}

/** Deletes the draft. Its versions stay: exams were held with them. */
export async function deleteQuiz(store: QuizStore, viewer: Viewer, id: string): Promise<void> {
  const quiz = await findQuiz(store, viewer, id)
  if (!isAdmin(viewer) && quiz.ownerId !== viewer.personId) {
    throw new ForbiddenError('owner-only', 'Only the owner of a quiz may delete it.')
  }
  if (await store.deleteQuiz(id, quiz.revision)) return
  throw new ConflictError('stale-revision', 'Somebody is changing this quiz at this moment. Try again.')
}

export async function listQuizzes(store: QuizStore, viewer: Viewer, query: PageQuery & { query?: string | undefined }) {
  const [updatedAt, id] = decodeCursor(query.cursor, 2) ?? []
  const after = updatedAt && id ? { updatedAt, id } : null
  const visibleTo = isAdmin(viewer) ? null : viewer.personId
  const filter = { visibleTo, words: toWords(query.query ?? '') }
  const quizzes = await store.listQuizzes(filter, { after, limit: query.limit + 1 })
  const latest = await store.latestVersions(quizzes.map((quiz) => quiz.id))
  return toPage(
    quizzes,
    query.limit,
    (quiz) => toSummary(quiz, latest.get(quiz.id) ?? null),
    (quiz) => [quiz.updatedAt, quiz.id],
  )
}

/** The questions with places of their own, in the order of the quiz. */
export async function listQuizQuestions(
  store: QuizStore,
  viewer: Viewer,
  id: string,
  { cursor, limit }: PageQuery,
): Promise<{ items: BankQuestion[]; next: string | null }> {
  const ids = fixedQuestionIds(await findQuiz(store, viewer, id))
  const [from = '0'] = decodeCursor(cursor, 1) ?? []
  const start = Number.parseInt(from, 10) || 0
  const items = await store.getQuestions(ids.slice(start, start + limit))
  return { items, next: start + limit < ids.length ? encodeCursor([start + limit]) : null }
}

/**
 * A question may be placed by somebody who may see it, in a quiz of its owner's or one that its owner edits; what stands in the
 * quiz already may stay. So nobody keeps a hold on a colleague's question by putting it into a quiz of their own.
 */
async function assertPlaceable(
  store: QuizStore,
  viewer: Viewer,
  quiz: Quiz,
  placed: ReadonlySet<string>,
): Promise<void> {
  const ids = fixedQuestionIds(quiz).filter((id) => !placed.has(id))
  const found = new Map((await store.getQuestions(ids)).map((question) => [question.id, question]))
  const faults: { path: string; message: string }[] = []
  for (const id of ids) {
    const question = found.get(id)
    const isOfQuiz = question && (question.ownerId === quiz.ownerId || quiz.editorIds.includes(question.ownerId))
    const isAllowed = question && (isAdmin(viewer) || (isOfQuiz && (await maySeeQuestion(store, viewer, question))))
    if (!isAllowed)
      faults.push({ path: 'sections', message: `There is no question ${id} that you may put in this quiz.` })
  }
  if (faults.length > 0) {
    throw new UnprocessableError('unknown-question', 'The quiz names questions that are not there.', {
      faults: faults.slice(0, 50),
    })
  }
}

function hasSameContent(a: Quiz, b: Quiz): boolean {
  const contentOf = ({ title, intro, sections, settings, editorIds }: Quiz) =>
    toCanonicalJson({ title, intro, sections, settings, editorIds })
  return contentOf(a) === contentOf(b)
}

function toSummary(quiz: Quiz, latest: Version | null): QuizSummary {
  const { intro: _, settings: __, sections, ...rest } = quiz
  const places = sections.flatMap(({ items }) => items.map((item) => (item.kind === 'draw' ? item.count : 1)))
  return {
    ...rest,
    sectionCount: sections.length,
    questionCount: places.reduce((total, count) => total + count, 0),
    versionCount: latest?.number ?? 0,
    lastPublished: latest && { digest: latest.digest, number: latest.number, publishedAt: latest.publishedAt },
  }
}
