import { teaching as english } from './en/teaching'
import { createTranslator } from './translate'

/** Texts of the exam, result and statistics pages. */
export const t = createTranslator(english)
