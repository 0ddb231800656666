import type { Statistics as Figures } from '@hourglass/grading/model'
import { useSearchParams } from '@solidjs/router'
import { Show } from 'solid-js'
import { api } from '../../lib/api'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Empty } from '../../parts/empty'
import { Select } from '../../parts/field'
import { Loaded } from '../../parts/loaded'
import { ExamPart, useExam } from '../exams/frame'
import '../exams/live/live.css'
import { Findings } from './findings'
import { Plots } from './plots'
import { Questions } from './questions'
import { Totals } from './totals'
import '../results/results.css'
import './statistics.css'

const choices = ['first', 'last', 'highest', 'all'] as const
type Choice = (typeof choices)[number]

/** What the marks say of the exam and of each question: findings first, then the plots and figures behind them. */
export default function Statistics() {
  const { exam } = useExam()
  const [search, setSearch] = useSearchParams<{ attempts?: string }>()
  const choice = (): Choice => choices.find((each) => each === search.attempts) ?? 'first'
  const loader = createLoader(
    () => `${exam().examId}?attempts=${choice()}`,
    (path, signal) => api.get<Figures>(`/api/statistics/${path}`, { signal }),
  )
  return (
    <ExamPart
      title={t('statistics.title')}
      lead={t('statistics.lead')}
      actions={
        <Select
          label={t('statistics.attempts')}
          value={choice()}
          options={choices.map((value) => ({ value, label: t(`statistics.attempts.${value}`) }))}
          onChange={(value) => setSearch({ attempts: value === 'first' ? null : value }, { replace: true })}
        />
      }
    >
      <Loaded of={loader} skeleton="cards">
        {(figures) => (
          <Show
            when={figures().size > 0}
            fallback={
              <Empty title={t('statistics.empty')} icon="list">
                <p>
                  {figures().unmarked > 0
                    ? t('statistics.emptyUnmarked', { count: figures().unmarked })
                    : t('statistics.emptyText')}
                </p>
              </Empty>
            }
          >
            <Findings figures={figures()} />
            <Totals figures={figures()} />
            <Plots figures={figures()} />
            <Questions figures={figures()} />
          </Show>
        )}
      </Loaded>
    </ExamPart>
  )
}
