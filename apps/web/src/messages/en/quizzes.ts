import { drafts } from './quizzes/drafts'
import { questions } from './quizzes/questions'
import { transfer } from './quizzes/transfer'

/** Texts of the quiz, question, import and version pages. */
export const quizzes = { ...drafts, ...questions, ...transfer } as const
