import { common as english } from './en/common'
import { createTranslator } from './translate'

export const t = createTranslator(english)
