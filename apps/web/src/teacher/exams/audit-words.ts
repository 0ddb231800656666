import { formatDateTime, formatDuration } from '../../lib/format'
import { t } from '../../messages/teaching'
import type { AuditItem } from './exam-types'

export const actionWords = (action: AuditItem['action']): string => t(`audit.did.${action}`)

const details = [
  'cause',
  'revision',
  'digest',
  'from',
  'to',
  'reason',
  'deadline',
  'number',
  'seq',
  'questionId',
  'group',
  'overridden',
  'hasPassword',
  'classId',
  'personId',
  'examId',
  'overrideId',
  'lateId',
] as const
const fields = [
  'title',
  'versionDigest',
  'opensAt',
  'closesAt',
  'limitSeconds',
  'attemptsAllowed',
  'overduePolicy',
  'graceSeconds',
  'shuffleQuestions',
  'shuffleOptions',
  'layout',
  'certainty',
  'negativeMarks',
  'gradingMethod',
  'release',
  'reviewOptions',
  'pasteAllowed',
] as const

/** The name of a detail: a setting as the form calls it, else what the trail adds; an unknown one as it stands. */
export function detailName(name: string): string {
  const field = fields.find((each) => each === name)
  if (field) return t(`field.${field}`)
  const detail = details.find((each) => each === name)
  return detail ? t(`detail.${detail}`) : name
}

/** A value of the trail: moments and lengths as people read them, a digest by its beginning. */
export function detailValue(name: string, value: unknown): string {
  if (name === 'overridden' && Array.isArray(value)) return value.map((each) => detailName(String(each))).join(', ')
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'number') return name.endsWith('Seconds') ? formatDuration(value) : String(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatDateTime(value)
  return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 12)}…` : value
}
