import type { Statistics as Figures, QuestionStatistics } from '@hourglass/grading/model'
import { For, Show } from 'solid-js'
import { formatNumber } from '../../lib/format'
import { shorten, toPlainText } from '../../lib/plain-text'
import { t } from '../../messages/teaching'
import type { Column } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { percentWords, round } from './figure-words'
import { findingLooks } from './findings'

export const questionColumns = ({ findings }: Figures): Column<QuestionStatistics>[] => [
  {
    id: 'number',
    header: t('plot.question'),
    isNumeric: true,
    sortBy: ({ number }) => number,
    cell: ({ number }) => number,
  },
  {
    id: 'text',
    header: t('statistics.text'),
    isRowHeader: true,
    cell: ({ html, questionId, hasFullCredit }) => (
      <span class="stack-tight question-text">
        <span>{shorten(toPlainText(html))}</span>
        <span class="row">
          <Show when={hasFullCredit}>
            <Tag icon="info">{t('correction.full-credit')}</Tag>
          </Show>
          <For each={findings.filter((finding) => finding.questionId === questionId && finding.severity !== 'info')}>
            {(finding) => (
              <Tag meaning={findingLooks[finding.severity].meaning} icon={findingLooks[finding.severity].icon}>
                {t(`findingName.${finding.kind}`)}
              </Tag>
            )}
          </For>
        </span>
      </span>
    ),
  },
  {
    id: 'attempts',
    header: t('exams.column.attempts'),
    isNumeric: true,
    sortBy: ({ attempts }) => attempts,
    cell: ({ attempts, unanswered }) => (
      <span title={t('statistics.unanswered', { count: unanswered })}>{formatNumber(attempts)}</span>
    ),
  },
  {
    id: 'facility',
    header: t('question.facility'),
    isNumeric: true,
    sortBy: ({ facility }) => facility ?? -1,
    cell: ({ facility, facilityInterval }) => (
      <Estimate value={facility === null ? null : facility * 100} interval={scale(facilityInterval, 100)} />
    ),
  },
  {
    id: 'discrimination',
    header: t('question.discrimination'),
    isNumeric: true,
    sortBy: ({ discriminationIndex }) => discriminationIndex ?? -1_000,
    cell: ({ discriminationIndex, discriminationInterval }) => (
      <Estimate value={discriminationIndex} interval={discriminationInterval} />
    ),
  },
  {
    id: 'efficiency',
    header: t('question.efficiency'),
    isNumeric: true,
    sortBy: ({ discriminativeEfficiency }) => discriminativeEfficiency ?? -1_000,
    cell: ({ discriminativeEfficiency }) => percentWords(discriminativeEfficiency),
  },
  {
    id: 'weight',
    header: t('question.weight'),
    isNumeric: true,
    sortBy: ({ effectiveWeight }) => effectiveWeight ?? -1,
    cell: ({ effectiveWeight }) => percentWords(effectiveWeight),
  },
]

type Interval = { low: number; high: number } | null
const scale = (interval: Interval, factor: number): Interval =>
  interval === null ? null : { low: interval.low * factor, high: interval.high * factor }

/** A percentage and how sure it is. */
const Estimate = (props: { value: number | null; interval: Interval }) => (
  <span class="estimate">
    <span>{percentWords(props.value)}</span>
    <Show when={props.interval}>
      {(interval) => (
        <span class="soft small" title={t('statistics.interval')}>
          {t('statistics.intervalValue', { low: round(interval().low, 0), high: round(interval().high, 0) })}
        </span>
      )}
    </Show>
  </span>
)
