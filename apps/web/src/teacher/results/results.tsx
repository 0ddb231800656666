import type { ExamSummary, ResultRow, ResultsPage } from '@hourglass/grading/model'
import { A, useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createColumnChoice } from '../../lib/column-choice'
import { toCsv } from '../../lib/csv'
import { fold } from '../../lib/fold'
import { createAction, createLoader, keepFresh } from '../../lib/load'
import { saveFile, toFileName } from '../../lib/save-file'
import { t as lists } from '../../messages/lists'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { ColumnChoice } from '../../parts/column-choice'
import { Empty } from '../../parts/empty'
import { Select, TextField } from '../../parts/field'
import { Loaded } from '../../parts/loaded'
import { LongTable } from '../../parts/long-table'
import { ErrorNotice } from '../../parts/notice'
import { type Sorting, sortByColumn } from '../../parts/table-column'
import { ExamPart, useExam } from '../exams/frame'
import { gradebookPath } from '../exams/paths'
import { ReleasePanel } from './release-panel'
import { type ResultColumn, resultColumns } from './result-columns'
import './results.css'

type Loaded_ = { rows: ResultRow[]; exam: ExamSummary }
type Search = { sort?: string; order?: string; q?: string; state?: string }
const states = ['open', 'sealed', 'needs-marking', 'complete', 'released'] as const
const refreshMs = 30_000

/** Every attempt with its marks. What is sorted, filtered and shown stands in the address, so that it can be sent to a colleague. */
export default function Results() {
  const { exam } = useExam()
  const [search, setSearch] = useSearchParams<Search>()
  const loader = createLoader(() => exam().examId, loadResults)
  keepFresh(loader, refreshMs)
  const download = createAction()
  const columns = createMemo(() => {
    const summary = loader.data()?.exam
    return summary ? resultColumns(summary) : []
  })
  const choice = createColumnChoice<ResultColumn>(columns)
  const sorting = (): Sorting => ({ column: search.sort ?? 'name', isDescending: search.order === 'desc' })
  const rows = createMemo(() => {
    const words = fold(search.q ?? '')
      .split(/\s+/)
      .filter(Boolean)
    const matching = (loader.data()?.rows ?? []).filter((row) => {
      const name = fold(row.person.name)
      return (!search.state || row.state === search.state) && words.every((word) => name.includes(word))
    })
    return sortByColumn(matching, columns(), sorting())
  })
  const put = (change: Partial<Record<keyof Search, string | null>>) => setSearch(change, { replace: true })
  const fileName = (what: string) => `${toFileName(exam().title)}-${what}.csv`
  const saveShown = () => {
    const lines = rows().map((row) => choice.shown().map(({ text }) => text(row)))
    saveFile(toCsv([choice.shown().map(({ header }) => header), ...lines]), fileName('results'))
  }
  const saveGradebook = () =>
    download.run(async () => {
      const path = `/api/results/gradebook?examId=${exam().examId}&format=csv`
      saveFile(await api.download(path, { headers: { accept: 'text/csv' } }), fileName('gradebook'))
    })
  return (
    <ExamPart
      title={t('results.title')}
      lead={
        <A href={gradebookPath(exam().classId)}>
          {t('gradebook.titleOf', { name: exam().className ?? t('exam.classUnknown') })}
        </A>
      }
      actions={
        <>
          <Button icon="download" onClick={saveShown} disabled={rows().length === 0}>
            {t('results.saveShown')}
          </Button>
          <Button icon="download" busy={download.isBusy()} onClick={() => void saveGradebook()}>
            {t('results.saveGradebook')}
          </Button>
        </>
      }
    >
      <Show when={download.error()}>{(error) => <ErrorNotice error={error()} title={t('results.notSaved')} />}</Show>
      <ReleasePanel examId={exam().examId} onChanged={() => void loader.reload()} />
      <Loaded of={loader}>
        {(loaded) => (
          <Show
            when={loaded().rows.length > 0}
            fallback={
              <Empty title={t('results.empty')} icon="list">
                <p>{t('results.emptyText')}</p>
              </Empty>
            }
          >
            <div class="results-tools no-print">
              <TextField
                label={t('results.find')}
                type="search"
                value={search.q ?? ''}
                onInput={(event) => put({ q: event.currentTarget.value || null })}
              />
              <Select
                label={t('exams.column.state')}
                value={(search.state as (typeof states)[number] | undefined) ?? 'all'}
                options={[
                  { value: 'all', label: t('results.allStates', { count: loaded().rows.length }) },
                  ...states.map((state) => ({ value: state, label: stateLabel(state, loaded().rows) })),
                ]}
                onChange={(state) => put({ state: state === 'all' ? null : state })}
              />
              <ColumnChoice of={choice} groupLabels={{ questions: t('results.perQuestion') }} />
              <span class="soft figures results-count" role="status">
                {rows().length === loaded().rows.length
                  ? lists('table.count', { count: rows().length })
                  : lists('table.countOf', { shown: rows().length, total: loaded().rows.length })}
              </span>
            </div>
            <Show
              when={rows().length > 0}
              fallback={
                <div class="row">
                  <span>{t('results.noMatch')}</span>
                  <Button size="small" onClick={() => put({ q: null, state: null })}>
                    {lists('table.clearFilter')}
                  </Button>
                </div>
              }
            >
              <LongTable
                caption={t('results.caption', { title: loaded().exam.title })}
                columns={choice.shown()}
                rows={rows()}
                sorting={sorting()}
                onSort={({ column, isDescending }) => put({ sort: column, order: isDescending ? 'desc' : null })}
              />
              <p class="soft small">{t('results.keys')}</p>
            </Show>
          </Show>
        )}
      </Loaded>
    </ExamPart>
  )
}

/** All pages; the summary comes with the first. */
async function loadResults(examId: string, signal: AbortSignal): Promise<Loaded_> {
  const rows: ResultRow[] = []
  let summary: ExamSummary | null = null
  let next: string | null = null
  do {
    const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`
    const page: ResultsPage = await api.get<ResultsPage>(`/api/results?examId=${examId}&limit=200${cursor}`, { signal })
    rows.push(...page.items)
    summary ??= page.exam
    next = page.next
  } while (next !== null)
  return { rows, exam: summary }
}

const stateLabel = (state: (typeof states)[number], rows: readonly ResultRow[]): string =>
  t('results.stateCount', {
    state: t(`result.state.${state}`),
    size: rows.filter((row) => row.state === state).length,
  })
