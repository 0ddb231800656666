import type { Principal } from '@hourglass/kit/auth/principal'
import { NotFoundError } from '@hourglass/kit/errors'
import type { BankQuestion } from './questions/model'
import type { Author, Quiz } from './quizzes/model'
import type { QuizStore } from './store/quiz-store'
import type { Version } from './versions/model'

/** The teacher or admin who asks. */
export type Viewer = Pick<Extract<Principal, { kind: 'person' }>, 'personId' | 'role' | 'name'>

export const authorOf = ({ personId, name }: Viewer): Author => ({ personId, name })

export const isAdmin = ({ role }: Viewer): boolean => role === 'admin'

/** The quiz, if the viewer owns or edits it. Throws the same NotFoundError for another's as for one that does not exist. */
export async function findQuiz(store: QuizStore, viewer: Viewer, id: string): Promise<Quiz> {
  const quiz = await store.getQuiz(id)
  if (!quiz || !maySeeQuiz(viewer, quiz)) throw new NotFoundError('quiz')
  return quiz
}

export const maySeeQuiz = (viewer: Viewer, { ownerId, editorIds }: Pick<Quiz, 'ownerId' | 'editorIds'>): boolean =>
  isAdmin(viewer) || ownerId === viewer.personId || editorIds.includes(viewer.personId)

/** The question, if it is the viewer's own or stands in a quiz that they own or edit. Throws a NotFoundError otherwise. */
export async function findQuestion(store: QuizStore, viewer: Viewer, id: string): Promise<BankQuestion> {
  const question = await store.getQuestion(id)
  if (!question || !(await maySeeQuestion(store, viewer, question))) throw new NotFoundError('question')
  return question
}

export async function maySeeQuestion(store: QuizStore, viewer: Viewer, question: BankQuestion): Promise<boolean> {
  if (isAdmin(viewer) || question.ownerId === viewer.personId) return true
  return (await store.listQuizzesHolding(question.id)).some((quiz) => maySeeQuiz(viewer, quiz))
}

/** The version, if the viewer may see its quiz, or owned the quiz when it was published. Throws a NotFoundError otherwise. */
export async function findVersion(store: QuizStore, viewer: Viewer, digest: string): Promise<Version> {
  const version = await store.getVersion(digest)
  if (!version) throw new NotFoundError('version')
  if (isAdmin(viewer) || version.ownerId === viewer.personId) return version
  const quiz = await store.getQuiz(version.quizId)
  if (!quiz || !maySeeQuiz(viewer, quiz)) throw new NotFoundError('version')
  return version
}
