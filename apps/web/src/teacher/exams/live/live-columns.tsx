import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import type { Column } from '../../../parts/table-column'
import type { AttemptLine } from '../exam-types'
import { resultPath } from '../paths'
import { Left, SavedAt, StateTag } from './live-cells'
import type { Control } from './live-control'

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

/** A row an attempt: how far it is, how long it has, and what can be done with it. */
export const liveColumns = ({ examId, now, chosen, toggle, ask }: Tools): LiveColumn[] => [
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
