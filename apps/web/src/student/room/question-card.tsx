import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Certainty, Response } from '@hourglass/questions/response'
import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js'
import { formatDecimal } from '../../lib/format'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { Notice } from '../../parts/notice'
import { Place } from './place'
import './question-card.css'
import { QuestionBody } from './questions/question-body'
import type { Room } from './room-state'

/** One question: its text, its answer, where that answer is, and the flag. */
export function QuestionCard(props: { room: Room; question: PaperQuestion; number: number; isDisabled: boolean }) {
  const id = createUniqueId()
  const [isPasteRefused, setPasteRefused] = createSignal(false)
  const settings = () => props.room.attempt.settings
  const isAsked = () => props.question.type !== 'description'
  onMount(() => props.room.see(props.question.id))
  const answer = (response: Response, isSettled: boolean) => props.room.answer(props.question.id, response, isSettled)
  const refusePaste = (event: ClipboardEvent) => {
    if (settings().pasteAllowed) return
    event.preventDefault()
    setPasteRefused(true)
  }
  return (
    <article
      class="question"
      id={`question-${props.question.id}`}
      aria-labelledby={`${id}-title`}
      onPaste={refusePaste}
    >
      <header class="question-header">
        <h2
          class="question-title"
          id={`${id}-title`}
          tabIndex={-1}
          aria-label={t('question', { number: props.number, count: props.room.questions.length })}
        >
          {t('question.short', { number: props.number })}
        </h2>
        <Show when={isAsked()}>
          <p class="soft">
            {t('question.marks', { count: Number(props.question.maxMarks) }).replace(
              /^\S+/,
              formatDecimal(props.question.maxMarks),
            )}
          </p>
        </Show>
      </header>
      <Show when={props.room.state.replaced.get(props.question.id)}>
        <Notice meaning="attention" role="alert" title={t('replaced.title')}>
          <p>{t('replaced.text')}</p>
          <div class="row">
            <Button size="small" onClick={() => props.room.decide(props.question.id, true)}>
              {t('replaced.mine')}
            </Button>
            <Button size="small" variant="quiet" onClick={() => props.room.decide(props.question.id, false)}>
              {t('replaced.theirs')}
            </Button>
          </div>
        </Notice>
      </Show>
      <QuestionBody
        question={props.question}
        response={props.room.state.answers.get(props.question.id)}
        onAnswer={answer}
        isDisabled={props.isDisabled}
        stemId={`${id}-stem`}
      />
      <Show when={isPasteRefused()}>
        <Notice meaning="attention" role="status">
          <p>{t('paste.refused')}</p>
        </Notice>
      </Show>
      <Show when={settings().certainty && isAsked() && props.question.type !== 'essay'}>
        <CertaintyChoice
          response={props.room.state.answers.get(props.question.id)}
          isDisabled={props.isDisabled}
          onChange={(response) => answer(response, true)}
        />
      </Show>
      <Show when={isAsked()}>
        <footer class="question-footer">
          <Place place={props.room.state.places.get(props.question.id)} isOnDisk={props.room.state.isKeptOnDisk} />
        </footer>
      </Show>
    </article>
  )
}

const levels: readonly Certainty[] = [1, 2, 3]

/** Moodle's certainty-based marking: offered once there is an answer to be sure of. */
function CertaintyChoice(props: {
  response: Response | undefined
  isDisabled: boolean
  onChange: (response: Response) => void
}) {
  const name = createUniqueId()
  const rated = () => (props.response && props.response.type !== 'essay' ? props.response : null)
  return (
    <fieldset class="certainty" disabled={props.isDisabled || !rated()}>
      <legend class="field-label">{t('certainty')}</legend>
      <p class="field-hint">{t('certainty.hint')}</p>
      <div class="row">
        <For each={levels}>
          {(certainty) => (
            <label class="certainty-level">
              <input
                type="radio"
                name={name}
                checked={rated()?.certainty === certainty}
                onChange={() => {
                  const response = rated()
                  if (response) props.onChange({ ...response, certainty })
                }}
              />
              {t(`certainty.${certainty}`)}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
