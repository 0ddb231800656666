import { useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { fold } from '../../../lib/fold'
import { formatClockTime } from '../../../lib/format'
import { createLoader, keepFresh, listAll } from '../../../lib/load'
import { createNow } from '../../../lib/now'
import { t as lists } from '../../../messages/lists'
import { t } from '../../../messages/teaching'
import { Empty } from '../../../parts/empty'
import { TextField } from '../../../parts/field'
import { Loaded } from '../../../parts/loaded'
import { LongTable } from '../../../parts/long-table'
import { type Sorting, sortByColumn } from '../../../parts/table-column'
import type { AttemptLine, StudentTimes } from '../exam-types'
import { ExamPart, useExam } from '../frame'
import { liveColumns } from './live-columns'
import { type Control, ControlDialog } from './live-control'
import { Summary } from './summary'
import { Tools } from './tools'
import './live.css'
import '../times.css'
import '../../results/results.css'

const refreshMs = 1_500

/** Who sits the exam now, how far they are and how long they have; and what a teacher may do about it. */
export default function Live() {
  const { exam } = useExam()
  const id = () => exam().examId
  const [search, setSearch] = useSearchParams<{ sort?: string; order?: string; q?: string }>()
  const now = createNow(1_000)
  const loader = createLoader(id, (examId, signal) => listAll<AttemptLine>(`/api/exams/${examId}/attempts`, signal))
  keepFresh(loader, refreshMs)
  const students = createLoader(id, (examId, signal) => listAll<StudentTimes>(`/api/exams/${examId}/times`, signal))
  // Rows keep their identity, so that a refresh touches only the cells that changed, and no focus is lost.
  const [held, setHeld] = createStore<{ attempts: AttemptLine[] }>({ attempts: [] })
  createEffect(on(loader.data, (attempts) => setHeld('attempts', reconcile(attempts ?? [], { key: 'attemptId' }))))
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const [control, setControl] = createSignal<Control | null>(null)
  const open = createMemo(() => held.attempts.filter(({ state }) => state === 'open'))
  const selected = createMemo(() => open().filter(({ attemptId }) => chosen().has(attemptId)))
  const toggle = (attemptId: string, isOn: boolean) => {
    const next = new Set(chosen())
    if (isOn) next.add(attemptId)
    else next.delete(attemptId)
    setChosen(next)
  }
  const all = liveColumns({ examId: id(), now, chosen, toggle, ask: (kind, line) => ask(kind, [line], false) })
  const isAnyOpen = createMemo(() => open().length > 0)
  const shownColumns = createMemo(() => (isAnyOpen() ? all : all.filter(({ needsOpen }) => !needsOpen)))
  const sorting = (): Sorting => ({ column: search.sort ?? 'state', isDescending: search.order === 'desc' })
  const rows = createMemo(() => {
    const name = fold(search.q ?? '')
    return sortByColumn(
      held.attempts.filter((line) => fold(line.name).includes(name)),
      all,
      sorting(),
    )
  })
  const ask = (kind: Control['kind'], attempts: readonly AttemptLine[], isAll: boolean) =>
    setControl({ kind, attempts: [...attempts], isAll })
  return (
    <ExamPart
      title={t('live.title')}
      lead={
        <Show when={loader.loadedAtMs() > 0}>
          <span class="figures">
            {t('live.asOf', { time: formatClockTime(new Date(loader.loadedAtMs()).toISOString()) })}
          </span>
        </Show>
      }
    >
      <Loaded of={loader}>
        {() => (
          <>
            <Summary attempts={held.attempts} students={students.data() ?? []} />
            <Tools
              open={open()}
              selected={selected()}
              onAsk={(kind, attempts) => ask(kind, attempts, selected().length === 0 || kind === 'compensate')}
              onChooseNone={() => setChosen(new Set<string>())}
            />
            <Show
              when={held.attempts.length > 0}
              fallback={
                <Empty title={t('live.empty')} icon="hourglass">
                  <p>{t('live.emptyHow')}</p>
                </Empty>
              }
            >
              <div class="results-tools">
                <TextField
                  label={t('results.find')}
                  type="search"
                  value={search.q ?? ''}
                  onInput={(event) => setSearch({ q: event.currentTarget.value || null }, { replace: true })}
                />
                <span class="soft figures results-count" role="status">
                  {lists('table.countOf', { shown: rows().length, total: held.attempts.length })}
                </span>
              </div>
              <LongTable
                caption={t('live.title')}
                columns={shownColumns()}
                rows={rows()}
                sorting={sorting()}
                onSort={({ column, isDescending }) =>
                  setSearch({ sort: column, order: isDescending ? 'desc' : null }, { replace: true })
                }
              />
            </Show>
          </>
        )}
      </Loaded>
      <Show when={control()} keyed>
        {(asked) => (
          <ControlDialog
            examId={id()}
            control={asked}
            onClose={() => setControl(null)}
            onDone={() => {
              setChosen(new Set<string>())
              void loader.reload()
            }}
          />
        )}
      </Show>
    </ExamPart>
  )
}
