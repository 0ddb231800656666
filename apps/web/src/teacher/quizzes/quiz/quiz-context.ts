import type { Quiz } from '@hourglass/quizzes/model'
import { createContext, useContext } from 'solid-js'

export type QuizInSight = {
  /** As it is stored; the editor's draft is its own. */
  quiz: () => Quiz
  setQuiz: (quiz: Quiz) => void
}

export const QuizContext = createContext<QuizInSight>()

export function useQuiz(): QuizInSight {
  const found = useContext(QuizContext)
  if (!found) throw new Error('a quiz page outside of the quiz frame')
  return found
}
