import type { Correction, RegradePreview } from '@hourglass/grading/model'
import { A } from '@solidjs/router'
import { createSignal, onMount, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatNumber } from '../../lib/format'
import { createAction } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { type Column, Table } from '../../parts/table'
import { resultPath } from '../exams/paths'
import { MarksCell } from '../results/result-columns'

type Move = RegradePreview['items'][number]
type Request = { examId: string; questionId: string; correction: Correction }

/** Who would move, by how much. It takes the focus: it is what was asked for. */
export function Preview(props: { examId: string; request: Request; first: RegradePreview }) {
  let heading: HTMLHeadingElement | undefined
  const [more, setMore] = createSignal<Move[]>([])
  const [next, setNext] = createSignal(props.first.next)
  const action = createAction()
  onMount(() => heading?.focus())
  const load = () =>
    action.run(async () => {
      const body = { ...props.request, limit: 200, cursor: next() ?? '' }
      const page = await api.post<RegradePreview>('/api/regrades/preview', body)
      setMore([...more(), ...page.items])
      setNext(page.next)
    })
  const counts = () => props.first.counts
  const mean = () => props.first.mean
  return (
    <section class="stack">
      <h3 ref={heading} tabIndex={-1}>
        {t('correct.previewTitle')}
      </h3>
      <p class="effect">
        {[
          ...(counts().raised + counts().lowered === 0 ? [t('correct.nobody')] : []),
          ...(counts().raised > 0 ? [t('correct.raised', { count: counts().raised })] : []),
          ...(counts().lowered > 0 ? [t('correct.lowered', { count: counts().lowered })] : []),
          ...(counts().unchanged > 0 ? [t('correct.unchanged', { count: counts().unchanged })] : []),
          ...(props.first.keptByHand > 0 ? [t('correct.kept', { count: props.first.keptByHand })] : []),
        ].join(' ')}
      </p>
      <Show when={mean().before !== null && mean().before !== mean().after}>
        <p>{t('correct.mean', { before: percent(mean().before), after: percent(mean().after) })}</p>
      </Show>
      <Show when={props.first.items.length > 0}>
        <Table caption={t('correct.movers')} columns={columns(props.examId)} rows={[...props.first.items, ...more()]} />
      </Show>
      <Show when={next()}>
        <div>
          <Button busy={action.isBusy()} onClick={() => void load()}>
            {t('correct.more')}
          </Button>
        </div>
      </Show>
    </section>
  )
}

const percent = (value: number | null): string =>
  value === null ? '–' : formatNumber(value / 100, { style: 'percent', maximumFractionDigits: 1 })

const changeOf = ({ percent: { before, after } }: Move): number => Number(after ?? 0) - Number(before ?? 0)

const columns = (examId: string): Column<Move>[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ person }) => person.name,
    cell: ({ person, attemptId }) => <A href={resultPath(examId, attemptId)}>{person.name || t('times.unknown')}</A>,
  },
  ...(['before', 'after'] as const).map(
    (side): Column<Move> => ({
      id: side,
      header: t(`correct.${side}`),
      isNumeric: true,
      sortBy: ({ marks }) => Number(marks[side]),
      cell: (move) => (
        <span>
          <MarksCell marks={move.marks[side]} maxMarks={move.maxMarks[side]} />{' '}
          <span class="soft small">
            {move.percent[side] === null ? '' : t('results.percentValue', { value: formatDecimal(move.percent[side]) })}
          </span>
        </span>
      ),
    }),
  ),
  {
    id: 'change',
    header: t('correct.change'),
    isNumeric: true,
    sortBy: changeOf,
    cell: (move) => formatNumber(changeOf(move), { signDisplay: 'exceptZero', maximumFractionDigits: 2 }),
  },
]
