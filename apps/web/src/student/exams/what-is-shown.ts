import { formatLocale } from '../../lib/locale'
import { t } from '../../messages/student'

const fields = ['response', 'correctness', 'marks', 'feedback', 'rightAnswer'] as const
export type ReviewField = (typeof fields)[number]
type Allowed = Readonly<Record<ReviewField, boolean>>

export const fieldsIn = (allowed: Allowed): ReviewField[] => fields.filter((field) => allowed[field])

/** "your answers, your marks and the right answers" */
export const listFields = (shown: readonly ReviewField[]): string =>
  new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(shown.map((field) => t(`field.${field}`)))
