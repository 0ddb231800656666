import type { ResultDetail } from '@hourglass/grading/model'
import { A, useParams } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatDuration } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Loaded } from '../../parts/loaded'
import { Notice } from '../../parts/notice'
import { Time } from '../../parts/time'
import { ExamPart } from '../exams/frame'
import '../exams/live/live.css'
import { examPath } from '../exams/paths'
import { QuestionItem } from './question-item'
import { MarksCell, ResultStateTag } from './result-columns'
import './results.css'

/** One attempt question by question: what was answered, what is right, the marks, and who gave them. */
export default function Attempt() {
  const params = useParams<{ examId: string; attemptId: string }>()
  const loader = createLoader(
    () => params.attemptId,
    (id, signal) => api.get<ResultDetail>(`/api/results/${id}`, { signal }),
  )
  return (
    <ExamPart
      title={loader.data()?.person.name || t('attempt.one')}
      lead={<A href={examPath(params.examId, 'results')}>{t('attempt.back')}</A>}
    >
      <Loaded of={loader} skeleton="text">
        {(result) => (
          <>
            <Facts result={result()} />
            <Show
              when={result().questions.length > 0}
              fallback={
                <Notice meaning="attention">
                  <p>{t(result().state === 'open' ? 'attempt.stillOpen' : 'attempt.notYetMarked')}</p>
                </Notice>
              }
            >
              <ol class="question-list">
                <For each={result().questions}>
                  {(question) => (
                    <QuestionItem
                      attemptId={result().attemptId}
                      question={question}
                      onChanged={() => void loader.reload()}
                    />
                  )}
                </For>
              </ol>
            </Show>
          </>
        )}
      </Loaded>
    </ExamPart>
  )
}

const Facts = (props: { result: ResultDetail }) => (
  <dl class="facts">
    <dt>{t('exams.column.state')}</dt>
    <dd>
      <ResultStateTag state={props.result.state} />
    </dd>
    <dt>{t('results.marks')}</dt>
    <dd class="figures">
      <MarksCell marks={props.result.marks} maxMarks={props.result.maxMarks} />
      <Show when={props.result.percent}>
        {(percent) => <span class="soft"> ({t('results.percentValue', { value: formatDecimal(percent()) })})</span>}
      </Show>
    </dd>
    <dt>{t('results.attempt')}</dt>
    <dd>{props.result.number}</dd>
    <dt>{t('attempt.started')}</dt>
    <dd>
      <Time at={props.result.startedAt} />
    </dd>
    <Show when={props.result.sealedAt}>
      {(at) => (
        <>
          <dt>{t('results.submitted')}</dt>
          <dd>
            <Time at={at()} />
            <Show when={props.result.cause}>{(cause) => <span> · {t(`result.cause.${cause()}`)}</span>}</Show>
          </dd>
        </>
      )}
    </Show>
    <Show when={props.result.durationSeconds}>
      {(seconds) => (
        <>
          <dt>{t('results.duration')}</dt>
          <dd>{formatDuration(seconds())}</dd>
        </>
      )}
    </Show>
  </dl>
)
