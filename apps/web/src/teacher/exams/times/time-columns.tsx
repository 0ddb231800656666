import { type JSX, Show } from 'solid-js'
import { formatDuration } from '../../../lib/format'
import { whyWords } from '../../../lib/why'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import type { Column } from '../../../parts/table'
import type { StudentTimes } from '../exam-types'
import { moment } from './moment'

/** A row a student: what holds for them, field by field, and why. */
export const timeColumns = (onEdit: (row: StudentTimes) => void): Column<StudentTimes>[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: (row) => (
      <span class="stack-tight because">
        <span>{row.name}</span>
        <Show when={row.groups.length > 0}>
          <span class="soft small exam-class">{row.groups.join(', ')}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'opens',
    header: t('exam.opens'),
    sortBy: ({ access }) => access.opensAt.value ?? '',
    cell: ({ access }) => <Because of={access.opensAt}>{moment(access.opensAt.value, t('exam.opens.always'))}</Because>,
  },
  {
    id: 'closes',
    header: t('exam.closes'),
    sortBy: ({ access }) => access.closesAt.value ?? '9',
    cell: ({ access }) => (
      <Because of={access.closesAt}>{moment(access.closesAt.value, t('exam.closes.never'))}</Because>
    ),
  },
  {
    id: 'limit',
    header: t('field.limitSeconds'),
    sortBy: ({ access }) => access.limitSeconds.value ?? Number.POSITIVE_INFINITY,
    cell: ({ access }) => (
      <Because of={access.limitSeconds}>
        {access.limitSeconds.value === null ? t('time.unlimited') : formatDuration(access.limitSeconds.value)}
      </Because>
    ),
  },
  {
    id: 'attempts',
    header: t('field.attemptsAllowed'),
    sortBy: ({ access }) => access.attemptsAllowed.value ?? Number.POSITIVE_INFINITY,
    cell: ({ access }) => (
      <Because of={access.attemptsAllowed}>{access.attemptsAllowed.value ?? t('value.any')}</Because>
    ),
  },
  {
    id: 'password',
    header: t('form.password'),
    cell: ({ access }) => (
      <Because of={access.needsPassword}>{t(access.needsPassword.value ? 'value.asked' : 'value.notAsked')}</Because>
    ),
  },
  {
    id: 'edit',
    header: t('times.exception'),
    cell: (row) => (
      <Button size="small" aria-label={t('override.changeOf', { name: row.name })} onClick={() => onEdit(row)}>
        {t('override.changeShort')}
      </Button>
    ),
  },
]

/** A value, and below it the rule that won where it is not simply the exam's. */
function Because(props: { of: Parameters<typeof whyWords>[0]; children: JSX.Element }) {
  const why = () => whyWords(props.of)
  return (
    <span class="stack-tight because" classList={{ 'because-own': why() !== '' }}>
      <span>{props.children}</span>
      <Show when={why()}>{(words) => <span class="soft small">{words()}</span>}</Show>
    </span>
  )
}
