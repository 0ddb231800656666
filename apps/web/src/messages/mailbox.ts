import { mailbox as english } from './en/mailbox'
import { createTranslator } from './translate'

export const t = createTranslator(english)
