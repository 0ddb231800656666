import { A, useSearchParams } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { formatClockTime, formatDuration } from '../../lib/format'
import { createLoader, keepFresh, listAll } from '../../lib/load'
import { createNow } from '../../lib/now'
import { t as lists } from '../../messages/lists'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { TextField } from '../../parts/field'
import { Loaded } from '../../parts/loaded'
import { LongTable } from '../../parts/long-table'
import { type Column, type Sorting, sortByColumn } from '../../parts/table-column'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import type { AttemptLine, StudentTimes } from './exam-types'
import { ExamPart, useExam } from './frame'
import { type Control, ControlDialog } from './live-control'
import { examPath, resultPath } from './paths'
import './live.css'
import './times.css'
import '../results/results.css'

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
  const all = columns({ examId: id(), now, chosen, toggle, ask: (kind, line) => ask(kind, [line], false) })
  const isAnyOpen = createMemo(() => open().length > 0)
  const shownColumns = createMemo(() => (isAnyOpen() ? all : all.filter(({ needsOpen }) => !needsOpen)))
  const sorting = (): Sorting => ({ column: search.sort ?? 'state', isDescending: search.order === 'desc' })
  const rows = createMemo(() => {
    const name = foldText(search.q ?? '')
    return sortByColumn(
      held.attempts.filter((line) => foldText(line.name).includes(name)),
      all,
      sorting(),
    )
  })
  const target = () => (selected().length > 0 ? selected() : open())
  const ask = (kind: Control['kind'], attempts: readonly AttemptLine[], isAll: boolean) =>
    setControl({ kind, attempts: [...attempts], isAll })
  const askTarget = (kind: Control['kind']) => ask(kind, target(), selected().length === 0)
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
            <Show when={open().length > 0}>
              <fieldset class="live-tools no-print">
                <legend class="live-legend" aria-live="polite">
                  {selected().length > 0
                    ? t('live.forSelected', { count: selected().length })
                    : t('live.forAll', { count: open().length })}
                </legend>
                <div class="row">
                  <Button size="small" icon="pause" disabled={open().length === 0} onClick={() => askTarget('pause')}>
                    {t('live.pause')}
                  </Button>
                  <Button
                    size="small"
                    disabled={!target().some(({ pausedAt }) => pausedAt !== null)}
                    onClick={() => askTarget('resume')}
                  >
                    {t('live.resume')}
                  </Button>
                  <Button
                    size="small"
                    icon="clock"
                    disabled={open().length === 0}
                    onClick={() => ask('compensate', open(), true)}
                  >
                    {t('live.compensate')}
                  </Button>
                  <Button
                    size="small"
                    variant="danger"
                    icon="lock"
                    disabled={open().length === 0}
                    onClick={() => askTarget('seal')}
                  >
                    {t('live.seal')}
                  </Button>
                  <Show when={selected().length > 0}>
                    <Button size="small" variant="quiet" onClick={() => setChosen(new Set<string>())}>
                      {t('live.selectNone')}
                    </Button>
                  </Show>
                </div>
              </fieldset>
            </Show>
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

function Summary(props: { attempts: readonly AttemptLine[]; students: readonly StudentTimes[] }) {
  const { exam } = useExam()
  const count = (of: (line: AttemptLine) => boolean) => props.attempts.filter(of).length
  const late = () => props.attempts.reduce((sum, { lateCount }) => sum + lateCount, 0)
  const absent = createMemo(() => {
    const started = new Set(props.attempts.map(({ personId }) => personId))
    return props.students.filter(({ personId }) => !started.has(personId))
  })
  return (
    <>
      <dl class="figure-list">
        <div>
          <dt>{t('live.writing')}</dt>
          <dd>{count(({ state, pausedAt, isOverdue }) => state === 'open' && pausedAt === null && !isOverdue)}</dd>
        </div>
        <div>
          <dt>{t('live.paused')}</dt>
          <dd>{count(({ state, pausedAt }) => state === 'open' && pausedAt !== null)}</dd>
        </div>
        <div>
          <dt>{t('live.ended')}</dt>
          <dd>{count(({ state }) => state !== 'open')}</dd>
        </div>
        <div>
          <dt>{t('live.absent')}</dt>
          <dd>{absent().length}</dd>
        </div>
      </dl>
      <Show when={late() > 0}>
        <p>
          <A href={examPath(exam().examId, 'late')}>{t('overview.late', { count: late() })}</A>
        </p>
      </Show>
      <Show when={absent().length > 0 && absent().length <= 300}>
        <details>
          <summary class="live-summary">{t('live.absentWho', { count: absent().length })}</summary>
          <ul class="live-absent">
            <For each={absent()}>{({ name }) => <li>{name}</li>}</For>
          </ul>
        </details>
      </Show>
    </>
  )
}

const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

const stateRank = { open: 0, abandoned: 1, sealed: 2 } as const

/** `needsOpen`: only while somebody is writing is there anything to choose or to do. */
type LiveColumn = Column<AttemptLine> & { needsOpen?: boolean }
type Tools = {
  now: () => number
  examId: string
  chosen: () => ReadonlySet<string>
  toggle: (attemptId: string, isOn: boolean) => void
  ask: (kind: Control['kind'], line: AttemptLine) => void
}

const columns = ({ examId, now, chosen, toggle, ask }: Tools): LiveColumn[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: (line) => (
      <span class="live-name">
        <Show when={line.state === 'open'} fallback={<A href={resultPath(examId, line.attemptId)}>{line.name}</A>}>
          <label class="live-choose">
            <input
              type="checkbox"
              class="choice-mark live-check"
              aria-label={t('live.selectOne', { name: line.name })}
              checked={chosen().has(line.attemptId)}
              onChange={(event) => toggle(line.attemptId, event.currentTarget.checked)}
            />
            {line.name}
          </label>
        </Show>
        <Show when={line.number > 1}>
          <span class="soft small exam-class">{t('live.attemptNumber', { number: line.number })}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'state',
    header: t('exams.column.state'),
    sortBy: ({ state, pausedAt, isOverdue }) => stateRank[state] * 10 + (isOverdue ? 2 : 0) + (pausedAt ? 1 : 0),
    cell: (line) => <StateTag line={line} />,
  },
  {
    id: 'answered',
    header: t('live.answered'),
    isNumeric: true,
    sortBy: ({ answeredCount }) => answeredCount,
    cell: (line) => (
      <span class="figures">{t('live.of', { count: line.answeredCount, total: line.questionCount })}</span>
    ),
  },
  {
    id: 'saved',
    header: t('live.lastSave'),
    isNumeric: true,
    sortBy: ({ lastSavedAt }) => lastSavedAt ?? '',
    cell: (line) => (
      <Show when={line.lastSavedAt} fallback={<span class="soft">{t('live.noSave')}</span>}>
        {(at) => <SavedAt at={at()} />}
      </Show>
    ),
  },
  {
    id: 'left',
    header: t('live.left'),
    isNumeric: true,
    sortBy: ({ deadline, sealedAt }) => sealedAt ?? deadline ?? '9',
    cell: (line) => <Left line={line} now={now()} />,
  },
  {
    id: 'do',
    header: t('live.do'),
    needsOpen: true,
    cell: (line) => (
      <Show when={line.state === 'open'}>
        <span class="row live-do">
          {/* One button for both: the focus stays where it is when the clock stops or goes on. */}
          <Button
            size="small"
            aria-label={t(line.pausedAt === null ? 'live.pauseOne' : 'live.resumeOne', { name: line.name })}
            disabled={line.isOverdue}
            onClick={() => ask(line.pausedAt === null ? 'pause' : 'resume', line)}
          >
            {t(line.pausedAt === null ? 'live.pause' : 'live.resume')}
          </Button>
          <Button
            size="small"
            variant="danger"
            aria-label={t('live.sealOne', { name: line.name })}
            onClick={() => ask('seal', line)}
          >
            {t('live.seal')}
          </Button>
        </span>
      </Show>
    ),
  },
]

/** Seconds matter here, so the whole is on the hover and the time of day in the cell. */
const SavedAt = (props: { at: string }) => (
  <time datetime={props.at} title={props.at} class="figures">
    {formatClockTime(props.at)}
  </time>
)

function StateTag(props: { line: AttemptLine }) {
  return (
    <Show
      when={props.line.state === 'open'}
      fallback={
        <span class="row live-state">
          <Tag icon="lock">{t(`attempt.state.${props.line.state}`)}</Tag>
          <Show when={props.line.cause}>
            {(cause) => <span class="soft small">{t(`attempt.cause.${cause()}`)}</span>}
          </Show>
        </span>
      }
    >
      <Show
        when={props.line.pausedAt}
        fallback={
          <Show
            when={props.line.isOverdue}
            fallback={
              <Tag meaning="accent" icon="clock">
                {t('attempt.state.open')}
              </Tag>
            }
          >
            <Tag meaning="attention" icon="warning">
              {t('attempt.overdue')}
            </Tag>
          </Show>
        }
      >
        <Tag meaning="attention" icon="pause">
          {t('attempt.paused')}
        </Tag>
      </Show>
    </Show>
  )
}

/** Counts down against the server's clock; while paused it stands. */
function Left(props: { line: AttemptLine; now: number }) {
  const leftSeconds = () => {
    const { deadline, pausedAt } = props.line
    if (deadline === null) return null
    return Math.max(0, Math.round((Date.parse(deadline) - (pausedAt ? Date.parse(pausedAt) : props.now)) / 1_000))
  }
  const words = (seconds: number) =>
    seconds >= 600 ? formatDuration(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <Show
      when={props.line.state === 'open'}
      fallback={
        <Show when={props.line.sealedAt}>
          {(at) => (
            <span class="soft">
              <Time at={at()} show="absolute" />
            </span>
          )}
        </Show>
      }
    >
      <Show when={leftSeconds() !== null} fallback={<span class="soft">{t('time.unlimited')}</span>}>
        <time datetime={props.line.deadline ?? ''} title={props.line.deadline ?? ''} class="figures live-left">
          {words(leftSeconds() ?? 0)}
        </time>
      </Show>
    </Show>
  )
}
