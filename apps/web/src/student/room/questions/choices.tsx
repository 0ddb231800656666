import { createUniqueId, For, Show } from 'solid-js'
import { t } from '../../../messages/room'
import { Button } from '../../../parts/button'
import { Html } from '../../../parts/html'
import type { QuestionProps } from './question-props'

/** One of several. A choice can be taken back, so that a wrong click is not an answer. */
export function SingleChoice(props: QuestionProps<'single-choice'>) {
  const name = createUniqueId()
  const choose = (choice: string | null) => props.onAnswer({ ...props.response, type: 'single-choice', choice }, true)
  return (
    <fieldset class="options" aria-labelledby={props.stemId} disabled={props.isDisabled}>
      <p class="options-hint">{t('choice.one')}</p>
      <For each={props.question.choices}>
        {(choice, index) => (
          <Option
            number={index() + 1}
            kind="radio"
            name={name}
            html={choice.html}
            isChosen={props.response?.choice === choice.id}
            onChange={() => choose(choice.id)}
          />
        )}
      </For>
      <ClearChoice isChosen={props.response?.choice != null} onClear={() => choose(null)} />
    </fieldset>
  )
}

export function MultipleChoice(props: QuestionProps<'multiple-choice'>) {
  const chosen = () => props.response?.choices ?? []
  const toggle = (id: string) => {
    const choices = chosen().includes(id) ? chosen().filter((each) => each !== id) : [...chosen(), id]
    props.onAnswer({ ...props.response, type: 'multiple-choice', choices }, true)
  }
  return (
    <fieldset class="options" aria-labelledby={props.stemId} disabled={props.isDisabled}>
      <p class="options-hint">{t('choice.many')}</p>
      <For each={props.question.choices}>
        {(choice, index) => (
          <Option
            number={index() + 1}
            kind="checkbox"
            html={choice.html}
            isChosen={chosen().includes(choice.id)}
            onChange={() => toggle(choice.id)}
          />
        )}
      </For>
    </fieldset>
  )
}

export function TrueFalse(props: QuestionProps<'true-false'>) {
  const name = createUniqueId()
  const choose = (value: boolean | null) => props.onAnswer({ ...props.response, type: 'true-false', value }, true)
  return (
    <fieldset class="options" aria-labelledby={props.stemId} disabled={props.isDisabled}>
      <For each={[true, false]}>
        {(value, index) => (
          <Option
            number={index() + 1}
            kind="radio"
            name={name}
            html={t(value ? 'true' : 'false')}
            isChosen={props.response?.value === value}
            onChange={() => choose(value)}
          />
        )}
      </For>
      <ClearChoice isChosen={props.response?.value != null} onClear={() => choose(null)} />
    </fieldset>
  )
}

/** Goes once it has done its work; the focus goes back to the first option. */
function ClearChoice(props: { isChosen: boolean; onClear: () => void }) {
  let holder: HTMLDivElement | undefined
  const clear = () => {
    const first = holder?.closest('fieldset')?.querySelector('input')
    props.onClear()
    first?.focus()
  }
  return (
    <Show when={props.isChosen}>
      <div ref={holder}>
        <Button variant="quiet" size="small" onClick={clear}>
          {t('choice.clear')}
        </Button>
      </div>
    </Show>
  )
}

function Option(props: {
  kind: 'radio' | 'checkbox'
  name?: string
  number: number
  html: string
  isChosen: boolean
  onChange: () => void
}) {
  const id = createUniqueId()
  return (
    <div class="option" classList={{ 'option-chosen': props.isChosen }}>
      <input
        type={props.kind}
        id={id}
        name={props.name}
        class="option-mark"
        checked={props.isChosen}
        onChange={() => props.onChange()}
      />
      <label for={id} class="option-text">
        {/* Not every screen reader makes a name of a formula alone. */}
        <Show when={props.html.includes('<math')}>
          <span class="hidden-text">{`${t('choice.number', { number: props.number })}: `}</span>
        </Show>
        <Html html={props.html} isInline />
      </label>
    </div>
  )
}
