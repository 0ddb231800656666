import { createMemo, createUniqueId, For, Show } from 'solid-js'
import { t } from '../../../messages/room'
import type { QuestionProps } from './question-props'

export function ShortAnswer(props: QuestionProps<'short-answer'>) {
  const id = createUniqueId()
  const change = (text: string, isSettled: boolean) =>
    props.onAnswer({ ...props.response, type: 'short-answer', text }, isSettled)
  return (
    <div class="field">
      <label for={id} class="field-label">
        {t('answer')}
      </label>
      <input
        id={id}
        class="input input-answer"
        type="text"
        maxLength={2_000}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        aria-describedby={props.stemId}
        disabled={props.isDisabled}
        value={props.response?.text ?? ''}
        onInput={(event) => change(event.currentTarget.value, false)}
      />
    </div>
  )
}

/** Any notation that the marking reads, so the field takes all that can be typed. */
export function Numeric(props: QuestionProps<'numeric'>) {
  const id = createUniqueId()
  const current = () => props.response ?? { type: 'numeric' as const, text: '', unit: null }
  return (
    <div class="row row-fields">
      <div class="field">
        <label for={id} class="field-label">
          {t('answer.number')}
        </label>
        <input
          id={id}
          class="input input-number"
          type="text"
          inputMode="decimal"
          maxLength={2_000}
          autocomplete="off"
          dir="ltr"
          aria-describedby={props.stemId}
          disabled={props.isDisabled}
          value={current().text}
          onInput={(event) => props.onAnswer({ ...current(), text: event.currentTarget.value }, false)}
        />
      </div>
      <Show when={props.question.units.length > 0}>
        <div class="field">
          <label for={`${id}-unit`} class="field-label">
            {t('answer.unit')}
          </label>
          <select
            id={`${id}-unit`}
            class="input"
            disabled={props.isDisabled}
            onChange={(event) => props.onAnswer({ ...current(), unit: event.currentTarget.value || null }, true)}
          >
            <option value="">{t('answer.unit.none')}</option>
            <For each={props.question.units}>
              {(unit) => (
                <option value={unit} selected={current().unit === unit}>
                  {unit}
                </option>
              )}
            </For>
          </select>
        </div>
      </Show>
    </div>
  )
}

export function Essay(props: QuestionProps<'essay'>) {
  const id = createUniqueId()
  const text = () => props.response?.text ?? props.question.template
  const words = createMemo(() => text().trim().split(/\s+/).filter(Boolean).length)
  const excess = () => (props.question.maxWords === null ? 0 : words() - props.question.maxWords)
  return (
    <div class="field">
      <label for={id} class="field-label">
        {t('essay')}
      </label>
      <textarea
        id={id}
        class="input essay"
        rows={10}
        maxLength={200_000}
        dir="auto"
        aria-describedby={`${props.stemId} ${id}-words`}
        disabled={props.isDisabled}
        value={text()}
        onInput={(event) => props.onAnswer({ type: 'essay', text: event.currentTarget.value }, false)}
      />
      <p id={`${id}-words`} class="field-hint" classList={{ 'essay-excess': excess() > 0 }}>
        <Show when={props.question.maxWords} fallback={t('essay.words', { count: words() })}>
          {(max) => t('essay.wordsOf', { count: words(), max: max() })}
        </Show>
        <Show when={excess() > 0}>{` · ${t('essay.tooLong', { count: excess() })}`}</Show>
      </p>
    </div>
  )
}
