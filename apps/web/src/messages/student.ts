import { student as english } from './en/student'
import { createTranslator } from './translate'

export const t = createTranslator(english)
