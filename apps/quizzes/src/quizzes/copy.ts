import { authorOf, findQuiz, type Viewer } from '../access'
import { creationId, partId } from '../creation-id'
import type { BankQuestion } from '../questions/model'
import type { QuizStore } from '../store/quiz-store'
import { fixedQuestionIds } from '../store/search-text'
import type { Quiz } from './model'
import { insertQuiz } from './service'

/** A draft of the viewer's own with the same content. Colleagues' questions are copied into the viewer's bank. */
export async function copyQuiz(store: QuizStore, viewer: Viewer, id: string, key: string | null): Promise<Quiz> {
  const source = await findQuiz(store, viewer, id)
  const now = new Date().toISOString()
  const common = { ownerId: viewer.personId, revision: 1, createdAt: now, updatedAt: now, updatedBy: authorOf(viewer) }
  const copyId = creationId(viewer, `copy quiz ${id}`, key)
  const foreign = (await store.getQuestions(fixedQuestionIds(source))).filter((own) => own.ownerId !== viewer.personId)
  const idOf = new Map(foreign.map((question) => [question.id, partId(copyId, question.id)]))
  const renamed = (questionId: string): string => idOf.get(questionId) ?? questionId
  await store.insertQuestions(
    foreign.map(
      ({ id: oldId, question }): BankQuestion => ({
        ...common,
        id: renamed(oldId),
        question: { ...question, id: renamed(oldId) },
      }),
    ),
  )
  return insertQuiz(store, {
    ...source,
    ...common,
    id: copyId,
    editorIds: [],
    title: `Copy of ${source.title}`.slice(0, 400),
    sections: source.sections.map((section) => ({
      ...section,
      items: section.items.map((item) =>
        item.kind === 'fixed' ? { ...item, questionId: renamed(item.questionId) } : item,
      ),
    })),
  })
}
