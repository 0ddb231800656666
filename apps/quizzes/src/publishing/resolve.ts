import type { Question } from '@hourglass/questions/question'
import type { Quiz, QuizItem, QuizSection } from '../quizzes/model'
import type { QuizStore } from '../store/quiz-store'
import { fixedQuestionIds } from '../store/search-text'

type FixedItem = Extract<QuizItem, { kind: 'fixed' }>
type DrawItem = Extract<QuizItem, { kind: 'draw' }>

/** A place with the questions that it means now; each has the marks that hold in this place. */
export type ResolvedItem = (FixedItem & { question: Question | null }) | (DrawItem & { pool: Question[] })
export type ResolvedSection = Omit<QuizSection, 'items'> & { label: string; items: ResolvedItem[] }

/** A pool beyond this is cut, by id: every paper carries its whole pools to every student's attempt. */
export const maxPool = 2_000

/**
 * Reads what a draft names: its questions, and for a draw the owner's questions with the tag, without those that have a place
 * of their own and without descriptions, which nobody answers.
 */
export async function resolveQuiz(store: QuizStore, quiz: Quiz): Promise<ResolvedSection[]> {
  const fixedIds = fixedQuestionIds(quiz)
  const bank = new Map((await store.getQuestions(fixedIds)).map(({ id, question }) => [id, question]))
  const tags = quiz.sections.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'draw' ? [item.tag] : [])))
  const pools = new Map<string, Question[]>()
  for (const tag of new Set(tags)) {
    const tagged = (await store.listTagged(quiz.ownerId, tag, maxPool)).map(({ question }) => question)
    pools.set(
      tag,
      tagged.filter((question) => !bank.has(question.id) && question.type !== 'description'),
    )
  }
  return quiz.sections.map((section, index) => ({
    ...section,
    label: section.title.trim() || `Section ${index + 1}`,
    items: section.items.map((item): ResolvedItem => {
      if (item.kind === 'draw') {
        return { ...item, pool: (pools.get(item.tag) ?? []).map((question) => withMarks(question, item.maxMarks)) }
      }
      const question = bank.get(item.questionId)
      return { ...item, question: question ? withMarks(question, item.maxMarks) : null }
    }),
  }))
}

const withMarks = (question: Question, maxMarks: string | null): Question => {
  if (question.type === 'description') return { ...question, maxMarks: '0' }
  return maxMarks === null ? question : { ...question, maxMarks }
}
