import { admin as english } from './en/admin'
import { createTranslator } from './translate'

export const t = createTranslator(english)
