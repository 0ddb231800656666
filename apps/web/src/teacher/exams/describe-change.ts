import type { Exam, ExamChange } from '@hourglass/exams/model'
import { formatDateTime, formatDuration } from '../../lib/format'
import { t } from '../../messages/teaching'

export type DescribedChange = { name: string; before: string; after: string }

/** What a change changes, one line a field, in the words of the form. */
export function describeChange(
  change: ExamChange,
  before: Exam,
  nameOfVersion: (digest: string) => string,
): DescribedChange[] {
  const { revision: _, password, ...settings } = change
  const lines = Object.entries(settings).map(([field, after]) => {
    const name = field as keyof typeof settings // the entries of `settings`
    const say = (value: Exam[typeof name] | undefined) =>
      name === 'versionDigest' ? nameOfVersion(String(value)) : toWords(name, value)
    return { name: t(`field.${name}`), before: say(before[name]), after: say(after) }
  })
  if (password === undefined) return lines
  const words = (has: boolean) => t(has ? 'value.set' : 'value.none')
  return [...lines, { name: t('form.password'), before: words(before.hasPassword), after: words(password !== null) }]
}

type Field = Exclude<keyof ExamChange, 'revision' | 'password'>

function toWords(field: Field, value: Exam[Field] | undefined): string {
  if (value === null || value === undefined) return t(field === 'attemptsAllowed' ? 'value.any' : 'value.none')
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  if (typeof value === 'object') return t('value.table')
  switch (field) {
    case 'opensAt':
    case 'closesAt':
      return formatDateTime(String(value))
    case 'limitSeconds':
    case 'graceSeconds':
      return formatDuration(Number(value))
    case 'overduePolicy':
      return t(`overdue.${value as Exam['overduePolicy']}`) // the field's own type
    case 'gradingMethod':
      return t(`gradingMethod.${value as Exam['gradingMethod']}`) // the field's own type
    case 'layout':
      return t(`form.layout.${value as Exam['layout']}`) // the field's own type
    case 'release':
      return t(`form.release.${value as Exam['release']}`) // the field's own type
    default:
      return String(value)
  }
}
