import { room as english } from './en/room'
import { createTranslator } from './translate'

export const t = createTranslator(english)
