import { account as english } from './en/account'
import { createTranslator } from './translate'

export const t = createTranslator(english)
