import { lists as english } from './en/lists'
import { createTranslator } from './translate'

export const t = createTranslator(english)
