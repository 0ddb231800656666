import { useSearchParams } from '@solidjs/router'
import { createEffect, on, Show } from 'solid-js'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Empty } from '../../parts/empty'
import { Checkbox, Select } from '../../parts/field'
import { Loaded } from '../../parts/loaded'
import { ExamPart, useExam } from '../exams/frame'
import { loadQueue } from './load-queue'
import { OneByOne } from './one-by-one'
import './results.css'

type Search = { question?: string; all?: string; names?: string }

/** One question over all students, one answer at a time: read, mark, next. Names are hidden unless asked for. */
export default function Marking() {
  const { exam } = useExam()
  const [search, setSearch] = useSearchParams<Search>()
  const key = () =>
    new URLSearchParams({
      examId: exam().examId,
      ...(search.question ? { questionId: search.question } : {}),
      state: search.all ? 'all' : 'pending',
      anonymous: search.names ? 'false' : 'true',
    }).toString()
  const queue = createLoader(key, loadQueue)
  // The question is chosen for the teacher until they choose one: the first that waits.
  createEffect(
    on(queue.data, (loaded) => {
      if (!loaded || search.question) return
      const first = loaded.questions.find(({ pending }) => pending > 0) ?? loaded.questions[0]
      if (first) setSearch({ question: first.questionId }, { replace: true })
    }),
  )
  return (
    <ExamPart title={t('marking.title')} lead={t('marking.lead')}>
      <Loaded of={queue} skeleton="text">
        {(loaded) => (
          <Show
            when={loaded().questions.length > 0}
            fallback={
              <Empty title={t('marking.nothing')} icon="check-circle">
                <p>{t('marking.nothingText')}</p>
              </Empty>
            }
          >
            <div class="marking-bar no-print">
              <Select
                label={t('marking.question')}
                value={search.question ?? null}
                placeholder={t('form.choose')}
                options={loaded().questions.map((question) => ({
                  value: question.questionId,
                  label: t('marking.questionLine', {
                    number: question.number,
                    pending: question.pending,
                    marked: question.marked,
                  }),
                }))}
                onChange={(question) => setSearch({ question }, { replace: true })}
              />
              <Checkbox
                label={t('marking.anonymous')}
                checked={!search.names}
                onChange={(event) =>
                  setSearch({ names: event.currentTarget.checked ? null : 'yes' }, { replace: true })
                }
              />
              <Checkbox
                label={t('marking.all')}
                checked={Boolean(search.all)}
                onChange={(event) => setSearch({ all: event.currentTarget.checked ? 'yes' : null }, { replace: true })}
              />
            </div>
            <Show when={loaded().questions.find(({ questionId }) => questionId === search.question)}>
              {(question) => (
                <OneByOne
                  question={question()}
                  answers={loaded().answers.filter(({ questionId }) => questionId === question().questionId)}
                  onReload={() => void queue.reload()}
                />
              )}
            </Show>
          </Show>
        )}
      </Loaded>
    </ExamPart>
  )
}
