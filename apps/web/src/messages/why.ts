import { why as english } from './en/why'
import { createTranslator } from './translate'

/** Why a student's time is not simply the exam's. */
export const t = createTranslator(english)
