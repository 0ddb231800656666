import type { ResultDetail } from '@hourglass/grading/model'
import { A, useParams } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatDuration } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Html } from '../../parts/html'
import { Loaded } from '../../parts/loaded'
import { Notice } from '../../parts/notice'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import { ExamPart } from '../exams/frame'
import '../exams/live/live.css'
import { CorrectionNotes } from '../corrections/notes'
import { examPath } from '../exams/paths'
import { MarkForm, MarkHistory } from './mark-form'
import { numberGaps } from './number-gaps'
import { ResponseView } from './response/response-view'
import { MarksCell, ResultStateTag } from './result-columns'
import './results.css'

type Question = ResultDetail['questions'][number]

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

const stateLooks = {
  correct: { meaning: 'stored', icon: 'check' },
  partial: { meaning: 'kept', icon: 'check' },
  wrong: { meaning: 'error', icon: 'close' },
  unanswered: { meaning: 'neutral', icon: 'empty' },
  'needs-marking': { meaning: 'attention', icon: 'warning' },
  'not-marked': { meaning: 'neutral', icon: 'info' },
} as const

function QuestionItem(props: { attemptId: string; question: Question; onChanged: () => void }) {
  const [isMarking, setMarking] = createSignal(false)
  const question = () => props.question
  const action = () => t(question().state === 'needs-marking' ? 'attempt.mark' : 'attempt.override')
  // A question that was dropped, or that everybody earns, takes no mark of its own.
  const isMarkable = () => !['drop', 'full-credit'].includes(question().corrections.at(-1)?.mode ?? '')
  const isAsked = () => question().type !== 'description'
  const newest = () => question().given.at(-1)
  const hasNotes = () => question().markingNotesHtml !== '' || question().explanationHtml !== ''
  return (
    <li class="question-item">
      <header class="row-apart">
        <h3>
          {question().number === null ? t('attempt.info') : t('attempt.question', { number: question().number ?? 0 })}
        </h3>
        <Show when={isAsked()}>
          <span class="row figures">
            <Tag meaning={stateLooks[question().state].meaning} icon={stateLooks[question().state].icon}>
              {t(`question.state.${question().state}`)}
            </Tag>
            <Show when={question().isManual}>
              <Tag icon="person">{t('attempt.byHand')}</Tag>
            </Show>
            <strong>
              <MarksCell marks={question().marks} maxMarks={question().maxMarks} />
            </strong>
          </span>
        </Show>
      </header>
      <Html html={numberGaps(question().html)} class="measure" />
      <Show when={question().corrections.length > 0}>
        <CorrectionNotes corrections={question().corrections} />
      </Show>
      <Show when={isAsked()}>
        <ResponseView response={question().response} question={question()} rightAnswer={question().rightAnswer} />
        <Show when={newest()?.comment}>
          {(text) => (
            <p>
              <span class="soft">{t('attempt.comment')}</span> {text()}
            </p>
          )}
        </Show>
        <Show when={question().feedbackHtml.length > 0 || hasNotes()}>
          <details>
            <summary class="live-summary">{t('attempt.notes')}</summary>
            <div class="stack measure">
              <For each={question().feedbackHtml}>{(html) => <Html html={html} />}</For>
              <Html html={question().explanationHtml} />
              <Html html={question().markingNotesHtml} />
            </div>
          </details>
        </Show>
        <MarkHistory given={question().given} maxMarks={question().maxMarks} />
        <Show
          when={isMarking() && isMarkable()}
          fallback={
            <Show when={isMarkable()}>
              <Button
                size="small"
                aria-label={t('attempt.markOf', { action: action(), number: question().number ?? 0 })}
                onClick={() => setMarking(true)}
              >
                {action()}
              </Button>
            </Show>
          }
        >
          <div class="card measure stack">
            <p class="soft">{t('attempt.overrideEffect')}</p>
            <MarkForm
              answer={{
                attemptId: props.attemptId,
                questionId: question().questionId,
                maxMarks: question().maxMarks,
                marks: question().marks,
                comment: newest()?.comment ?? '',
                revision: question().revision,
                responseDigest: question().responseDigest,
              }}
              submitLabel={t('mark.store')}
              autofocus
              onReload={() => props.onChanged()}
              onStored={() => {
                setMarking(false)
                props.onChanged()
              }}
            />
            <div>
              <Button size="small" variant="quiet" onClick={() => setMarking(false)}>
                {t('edit.cancel')}
              </Button>
            </div>
          </div>
        </Show>
      </Show>
    </li>
  )
}
