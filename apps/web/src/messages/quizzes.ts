import { quizzes as english } from './en/quizzes'
import { createTranslator } from './translate'

/** Texts of the quiz, question, import and version pages. */
export const t = createTranslator(english)
