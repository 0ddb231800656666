import type { Quiz } from '../../quizzes/model'
import type { QuizPart } from '../quiz-store'
import { fixedQuestionIds, quizSearchText } from '../search-text'
import type { Collections, QuizDocument } from './collections'
import { allOf, atRevision, comesAfter, containing, insertNew, newestFirst } from './drafts'

const bodyOf = ({ body }: { body: Quiz }): Quiz => body
const onlyBody = { projection: { body: 1 } }

export const quizDocuments = ({ quizzes }: Collections): QuizPart => ({
  insertQuiz: (quiz) => insertNew(quizzes, toDocument(quiz)),
  getQuiz: async (id) => (await quizzes.findOne({ _id: id }, onlyBody))?.body ?? null,
  async replaceQuiz(quiz, expectedRevision) {
    const { matchedCount } = await quizzes.replaceOne(atRevision(quiz.id, expectedRevision), toDocument(quiz))
    return matchedCount > 0
  },
  async deleteQuiz(id, expectedRevision) {
    const { deletedCount } = await quizzes.deleteOne(atRevision(id, expectedRevision))
    return deletedCount > 0
  },
  async listQuizzes({ visibleTo, words }, page) {
    const isVisible = visibleTo === null ? [] : [{ $or: [{ ownerId: visibleTo }, { editorIds: visibleTo }] }]
    const filter = allOf<QuizDocument>([...isVisible, ...containing(words), ...comesAfter(page)])
    return quizzes.find(filter, onlyBody).sort(newestFirst).limit(page.limit).map(bodyOf).toArray()
  },
  listQuizzesHolding: (questionId) =>
    quizzes.find({ questionIds: questionId }, onlyBody).sort({ _id: 1 }).limit(100).map(bodyOf).toArray(),
})

const toDocument = (quiz: Quiz): QuizDocument => ({
  _id: quiz.id,
  ownerId: quiz.ownerId,
  editorIds: quiz.editorIds,
  questionIds: fixedQuestionIds(quiz),
  searchText: quizSearchText(quiz),
  revision: quiz.revision,
  updatedAt: new Date(quiz.updatedAt),
  body: quiz,
})
