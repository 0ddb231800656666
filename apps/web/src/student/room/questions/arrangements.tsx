import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { t } from '../../../messages/room'
import { Button, IconButton } from '../../../parts/button'
import { Html } from '../../../parts/html'
import type { QuestionProps } from './question-props'

/** A menu for each prompt: works alike by mouse, keyboard, touch and screen reader. */
export function Matching(props: QuestionProps<'matching'>) {
  const id = createUniqueId()
  const choose = (promptId: string, optionId: string) => {
    const { [promptId]: _, ...others } = props.response?.pairs ?? {}
    const pairs = optionId ? { ...others, [promptId]: optionId } : others
    props.onAnswer({ ...props.response, type: 'matching', pairs }, true)
  }
  return (
    <ul class="matching">
      <For each={props.question.prompts}>
        {(prompt) => (
          <li class="matching-row">
            <label for={`${id}-${prompt.id}`} class="matching-prompt">
              <Html html={prompt.html} isInline />
            </label>
            <select
              id={`${id}-${prompt.id}`}
              class="input"
              disabled={props.isDisabled}
              onChange={(event) => choose(prompt.id, event.currentTarget.value)}
            >
              <option value="">{t('matching.choose')}</option>
              <For each={props.question.options}>
                {(option) => (
                  <option value={option.id} selected={props.response?.pairs[prompt.id] === option.id}>
                    {textOf(option.html)}
                  </option>
                )}
              </For>
            </select>
          </li>
        )}
      </For>
    </ul>
  )
}

/** A list with buttons; untouched it is no answer, for the order in which it was given may happen to be right. */
export function Ordering(props: QuestionProps<'ordering'>) {
  const [told, setTold] = createSignal('')
  const order = () => {
    const chosen = props.response?.order ?? []
    return chosen.length > 0 ? chosen : props.question.items.map((item) => item.id)
  }
  const isUnanswered = () => (props.response?.order.length ?? 0) === 0
  const itemOf = (itemId: string) => props.question.items.find((item) => item.id === itemId)
  const set = (next: string[]) => props.onAnswer({ ...props.response, type: 'ordering', order: next }, true)
  const move = (place: number, by: -1 | 1, list: HTMLElement | null) => {
    const next = [...order()]
    const [taken] = next.splice(place, 1)
    if (taken === undefined) return
    next.splice(place + by, 0, taken)
    set(next)
    const item = textOf(itemOf(taken)?.html ?? '')
    setTold(t('ordering.moved', { item, place: place + by + 1, count: next.length }))
    // The item has moved, and the button that moved it with it: the focus follows.
    requestAnimationFrame(() => {
      const row = list?.children[place + by]
      const [same, other] = [`[data-by="${by}"]`, '[data-by]'].map((button) =>
        row?.querySelector<HTMLButtonElement>(`${button}:not([disabled])`),
      )
      ;(same ?? other)?.focus()
    })
  }
  let list: HTMLOListElement | undefined
  /** Takes the order as it stands; the button goes, and the focus goes to the list. */
  const accept = () => {
    set(order())
    list?.querySelector<HTMLButtonElement>('[data-by]:not([disabled])')?.focus()
  }
  return (
    <div class="stack-tight">
      <p class="options-hint">{t('ordering.hint')}</p>
      <ol class="ordering" ref={list}>
        <For each={order()}>
          {(itemId, place) => (
            <li class="ordering-item">
              <span class="ordering-place">{place() + 1}</span>
              <Html html={itemOf(itemId)?.html ?? ''} isInline class="ordering-text" />
              <IconButton
                icon="up"
                data-by="-1"
                label={t('ordering.up', { item: textOf(itemOf(itemId)?.html ?? '') })}
                disabled={props.isDisabled || place() === 0}
                onClick={() => move(place(), -1, list ?? null)}
              />
              <IconButton
                icon="down"
                data-by="1"
                label={t('ordering.down', { item: textOf(itemOf(itemId)?.html ?? '') })}
                disabled={props.isDisabled || place() === order().length - 1}
                onClick={() => move(place(), 1, list ?? null)}
              />
            </li>
          )}
        </For>
      </ol>
      <Show when={isUnanswered()}>
        <p class="field-hint">{t('ordering.unanswered')}</p>
        <div>
          <Button size="small" disabled={props.isDisabled} onClick={accept}>
            {t('ordering.start')}
          </Button>
        </div>
      </Show>
      <p class="hidden-text" role="status">
        {told()}
      </p>
    </div>
  )
}

/** The words of sanitised HTML, for where no element can stand. */
export function textOf(html: string): string {
  const holder = new DOMParser().parseFromString(html, 'text/html')
  return holder.body.textContent?.trim() ?? ''
}
