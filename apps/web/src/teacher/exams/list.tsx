import { A, useSearchParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { createLoader, keepFresh } from '../../lib/load'
import { t } from '../../messages/teaching'
import { ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { type Column, Table } from '../../parts/table'
import { Time } from '../../parts/time'
import { ExamStateTag } from './exam-state'
import './exams.css'
import { type ExamLine, loadExamLines } from './load-exams'
import { examPath, newExamPath } from './paths'

const refreshMs = 20_000
const stateRank = { open: 0, upcoming: 1, closed: 2, cancelled: 3 } as const

/** Every exam that the teacher runs, with what is going on and what waits for the teacher. */
export default function ExamList() {
  const [search, setSearch] = useSearchParams<{ sort?: string; order?: string }>()
  const lines = createLoader(
    () => 'exams',
    (_, signal) => loadExamLines(signal),
  )
  keepFresh(lines, refreshMs)
  return (
    <Page
      title={t('exams.title')}
      lead={t('exams.lead')}
      actions={
        <ButtonLink href={newExamPath()} variant="primary" icon="plus">
          {t('exams.new')}
        </ButtonLink>
      }
    >
      <Loaded of={lines}>
        {(loaded) => (
          <Table
            caption={t('exams.title')}
            columns={columns()}
            rows={loaded()}
            filterText={({ exam }) => `${exam.title} ${exam.className ?? ''}`}
            sorting={search.sort ? { column: search.sort, isDescending: search.order === 'desc' } : null}
            onSort={({ column, isDescending }) =>
              setSearch({ sort: column, order: isDescending ? 'desc' : null }, { replace: true })
            }
            empty={
              <Empty
                title={t('exams.empty')}
                icon="hourglass"
                action={
                  <ButtonLink href={newExamPath()} icon="plus">
                    {t('exams.new')}
                  </ButtonLink>
                }
              >
                <p>{t('exams.emptyHow')}</p>
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns = (): Column<ExamLine>[] => [
  {
    id: 'title',
    header: t('exams.column.title'),
    isRowHeader: true,
    sortBy: ({ exam }) => exam.title,
    cell: ({ exam }) => (
      <span class="stack-tight exam-name">
        <A href={examPath(exam.examId)}>{exam.title}</A>
        <span class="soft small exam-class">{exam.className ?? t('exam.classUnknown')}</span>
      </span>
    ),
  },
  {
    id: 'state',
    header: t('exams.column.state'),
    sortBy: ({ state }) => stateRank[state],
    cell: ({ state }) => <ExamStateTag state={state} />,
  },
  {
    id: 'opens',
    header: t('exam.opens'),
    sortBy: ({ exam }) => exam.opensAt ?? '',
    cell: ({ exam }) => <Moment at={exam.opensAt} none={t('exam.opens.always')} />,
  },
  {
    id: 'closes',
    header: t('exam.closes'),
    sortBy: ({ exam }) => exam.closesAt ?? '9',
    cell: ({ exam }) => <Moment at={exam.closesAt} none={t('exam.closes.never')} />,
  },
  {
    id: 'attempts',
    header: t('exams.column.attempts'),
    sortBy: attemptsOf,
    cell: (line) => <Attempts line={line} />,
  },
  { id: 'needs', header: t('exams.column.needs'), sortBy: needsOf, cell: (line) => <NeedsMe line={line} /> },
]

const Moment = (props: { at: string | null; none: string }) => (
  <Show when={props.at} fallback={<span class="soft">{props.none}</span>}>
    {(at) => (
      <span class="stack-tight moment">
        <Time at={at()} show="absolute" />
        <span class="soft small">
          <Time at={at()} show="relative" />
        </span>
      </span>
    )}
  </Show>
)

const endedOf = ({ release }: ExamLine): number => (release?.complete ?? 0) + (release?.waiting ?? 0)
function attemptsOf(line: ExamLine): number {
  return endedOf(line) + (line.counts?.open ?? 0)
}
function needsOf(line: ExamLine): number {
  return (line.counts?.needsMarking ?? 0) * 1_000 + (isReady(line) ? 1 : 0)
}
/** Everything is marked and nothing is out. */
const isReady = ({ release }: ExamLine): boolean =>
  release !== null &&
  (release.state === 'withheld' || release.state === 'withdrawn') &&
  release.complete > 0 &&
  release.waiting === 0

function Attempts(props: { line: ExamLine }) {
  const open = () => props.line.counts?.open ?? 0
  return (
    <span class="stack-tight">
      <Show when={open() > 0}>
        <A href={examPath(props.line.exam.examId, 'live')}>{t('exams.sitting', { count: open() })}</A>
      </Show>
      <span class="figures" classList={{ soft: endedOf(props.line) === 0 }}>
        {t('exams.ended', { count: endedOf(props.line) })}
      </span>
    </span>
  )
}

function NeedsMe(props: { line: ExamLine }) {
  const id = () => props.line.exam.examId
  const needs = () => [
    ...((props.line.counts?.needsMarking ?? 0) > 0
      ? [
          {
            href: examPath(id(), 'marking'),
            text: t('exams.needs.marking', { count: props.line.counts?.needsMarking ?? 0 }),
          },
        ]
      : []),
    ...(isReady(props.line)
      ? [
          {
            href: examPath(id(), 'results'),
            text: t('exams.needs.release', { count: props.line.release?.complete ?? 0 }),
          },
        ]
      : []),
  ]
  return (
    <Show when={needs().length > 0} fallback={<span class="soft">{t('exams.needs.nothing')}</span>}>
      <span class="stack-tight">
        <For each={needs()}>{(need) => <A href={need.href}>{need.text}</A>}</For>
      </span>
    </Show>
  )
}
