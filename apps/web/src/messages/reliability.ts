import { reliability as english } from './en/reliability'
import { createTranslator } from './translate'

export const t = createTranslator(english)
