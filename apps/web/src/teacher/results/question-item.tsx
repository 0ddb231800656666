import type { ResultDetail } from '@hourglass/grading/model'
import { createSignal, For, Show } from 'solid-js'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Html } from '../../parts/html'
import { Tag } from '../../parts/tag'
import { CorrectionNotes } from '../corrections/notes'
import { MarkForm, MarkHistory } from './mark-form'
import { numberGaps } from './number-gaps'
import { ResponseView } from './response/response-view'
import { MarksCell } from './result-columns'

type Question = ResultDetail['questions'][number]

const stateLooks = {
  correct: { meaning: 'stored', icon: 'check' },
  partial: { meaning: 'kept', icon: 'check' },
  wrong: { meaning: 'error', icon: 'close' },
  unanswered: { meaning: 'neutral', icon: 'empty' },
  'needs-marking': { meaning: 'attention', icon: 'warning' },
  'not-marked': { meaning: 'neutral', icon: 'info' },
} as const

/** One question of an attempt: what was asked, answered, right and given; and a mark by hand. */
export function QuestionItem(props: { attemptId: string; question: Question; onChanged: () => void }) {
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
