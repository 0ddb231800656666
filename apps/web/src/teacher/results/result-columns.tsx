import type { ExamSummary, ResultRow } from '@hourglass/grading/model'
import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { formatDateTime, formatDecimal, formatDuration, formatMarks } from '../../lib/format'
import { t } from '../../messages/teaching'
import type { Column } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { resultPath } from '../exams/paths'

/** A column that can also be written into a file. `group` gathers the columns of single questions. */
export type ResultColumn = Column<ResultRow> & { text: (row: ResultRow) => string; group?: 'questions' }

/** Sorting needs a number, not an exact one. */
const sortable = (decimal: string | null): number => (decimal === null ? Number.NEGATIVE_INFINITY : Number(decimal))
const stateRank = { open: 0, sealed: 1, 'needs-marking': 2, complete: 3, released: 4 } as const

export function resultColumns(exam: ExamSummary): ResultColumn[] {
  return [
    {
      id: 'name',
      header: t('times.student'),
      isRowHeader: true,
      sortBy: ({ person }) => person.name,
      cell: (row) => <A href={resultPath(exam.examId, row.attemptId)}>{row.person.name || t('times.unknown')}</A>,
      text: ({ person }) => person.name,
    },
    {
      id: 'number',
      header: t('results.attempt'),
      isNumeric: true,
      sortBy: ({ number }) => number,
      cell: ({ number }) => number,
      text: ({ number }) => String(number),
    },
    {
      id: 'state',
      header: t('exams.column.state'),
      sortBy: ({ state }) => stateRank[state],
      cell: ({ state }) => <ResultStateTag state={state} />,
      text: ({ state }) => t(`result.state.${state}`),
    },
    {
      id: 'marks',
      header: t('results.marks'),
      isNumeric: true,
      sortBy: ({ marks }) => sortable(marks),
      cell: (row) => <MarksCell marks={row.marks} maxMarks={row.maxMarks} />,
      text: ({ marks }) => marks ?? '',
    },
    {
      id: 'percent',
      header: t('results.percent'),
      isNumeric: true,
      sortBy: ({ percent }) => sortable(percent),
      cell: ({ percent }) =>
        percent === null ? <Nothing /> : t('results.percentValue', { value: formatDecimal(percent) }),
      text: ({ percent }) => percent ?? '',
    },
    {
      id: 'submitted',
      header: t('results.submitted'),
      sortBy: ({ sealedAt }) => sealedAt ?? '9',
      cell: ({ sealedAt }) => (sealedAt === null ? <Nothing /> : <When at={sealedAt} />),
      text: ({ sealedAt }) => sealedAt ?? '',
    },
    {
      id: 'cause',
      header: t('results.cause'),
      sortBy: ({ cause }) => cause ?? '',
      cell: ({ cause }) => (cause === null ? <Nothing /> : t(`result.cause.${cause}`)),
      text: ({ cause }) => (cause === null ? '' : t(`result.cause.${cause}`)),
    },
    {
      id: 'duration',
      header: t('results.duration'),
      isNumeric: true,
      sortBy: ({ durationSeconds }) => durationSeconds ?? Number.POSITIVE_INFINITY,
      cell: ({ durationSeconds }) => (durationSeconds === null ? <Nothing /> : formatDuration(durationSeconds)),
      text: ({ durationSeconds }) => (durationSeconds === null ? '' : String(durationSeconds)),
    },
    ...exam.questions.map((question) => questionColumn(question)),
  ]
}

function questionColumn({ questionId, number, maxMarks }: ExamSummary['questions'][number]): ResultColumn {
  const find = (row: ResultRow) => row.questions.find((question) => question.questionId === questionId)
  return {
    id: `q-${questionId}`,
    group: 'questions',
    header: t('results.question', { number, max: formatDecimal(maxMarks) }),
    isNumeric: true,
    sortBy: (row) => sortable(find(row)?.marks ?? null),
    cell: (row) => {
      const question = find(row)
      return question ? <QuestionCell state={question.state} marks={question.marks} /> : <Nothing />
    },
    text: (row) => find(row)?.marks ?? '',
  }
}

type QuestionState = ResultRow['questions'][number]['state']

/** Marks of one question; the state in words for those who do not see the shape. */
const QuestionCell = (props: { state: QuestionState; marks: string | null }) => (
  <span class={`question-cell question-${props.state}`} title={t(`question.state.${props.state}`)}>
    <Show when={props.marks} fallback={<span aria-hidden="true">{props.state === 'needs-marking' ? '?' : '–'}</span>}>
      {(marks) => formatMarks(marks())}
    </Show>
    <span class="hidden-text"> {t(`question.state.${props.state}`)}</span>
  </span>
)

const Nothing = () => <span class="soft">–</span>
const When = (props: { at: string }) => (
  <time datetime={props.at} title={props.at}>
    {formatDateTime(props.at)}
  </time>
)

/** Rounded to two places for reading; the exact marks are on the hover, in the details and in files. */

export const MarksCell = (props: { marks: string | null; maxMarks: string | null }) => (
  <Show when={props.marks} fallback={<Nothing />}>
    {(marks) => (
      <span title={formatDecimal(marks())}>
        {formatMarks(marks())}
        <Show when={props.maxMarks}>{(max) => <span class="soft"> / {formatMarks(max())}</span>}</Show>
      </span>
    )}
  </Show>
)

export function ResultStateTag(props: { state: ResultRow['state'] }) {
  const looks = {
    open: { meaning: 'accent', icon: 'clock' },
    sealed: { meaning: 'neutral', icon: 'hourglass' },
    'needs-marking': { meaning: 'attention', icon: 'warning' },
    complete: { meaning: 'stored', icon: 'check' },
    released: { meaning: 'stored', icon: 'eye' },
  } as const
  return (
    <Tag meaning={looks[props.state].meaning} icon={looks[props.state].icon}>
      {t(`result.state.${props.state}`)}
    </Tag>
  )
}
