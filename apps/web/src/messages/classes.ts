import { classes as english } from './en/classes'
import { createTranslator } from './translate'

export const t = createTranslator(english)
