import { createSignal, For, Show } from 'solid-js'
import { t } from '../../../messages/room'
import { Button, IconButton } from '../../../parts/button'
import { Html } from '../../../parts/html'
import { Icon } from '../../../parts/icon'
import './arrangements.css'
import { carry, placeAt } from './carry'
import type { QuestionProps } from './question-props'
import { textOf } from './text-of'

/** A list to drag, with buttons for the same; untouched it is no answer, for the order in which it was given may happen to be right. */
export function Ordering(props: QuestionProps<'ordering'>) {
  const [told, setTold] = createSignal('')
  const order = () => {
    const chosen = props.response?.order ?? []
    return chosen.length > 0 ? chosen : props.question.items.map((item) => item.id)
  }
  const isUnanswered = () => (props.response?.order.length ?? 0) === 0
  const itemOf = (itemId: string) => props.question.items.find((item) => item.id === itemId)
  const set = (next: string[]) => props.onAnswer({ ...props.response, type: 'ordering', order: next }, true)
  const move = (from: number, to: number) => {
    const next = [...order()]
    const [taken] = next.splice(from, 1)
    if (taken === undefined) return
    next.splice(to, 0, taken)
    set(next)
    setTold(t('ordering.moved', { item: textOf(itemOf(taken)?.html ?? ''), place: to + 1, count: next.length }))
  }
  const step = (place: number, by: -1 | 1) => {
    move(place, place + by)
    // The item has moved, and the button that moved it with it: the focus follows.
    requestAnimationFrame(() => {
      const row = list?.children[place + by]
      const [same, other] = [`[data-by="${by}"]`, '[data-by]'].map((button) =>
        row?.querySelector<HTMLButtonElement>(`${button}:not([disabled])`),
      )
      ;(same ?? other)?.focus()
    })
  }
  const [dragged, setDragged] = createSignal<{ from: number; to: number } | null>(null)
  const take = (event: PointerEvent & { currentTarget: HTMLElement }, from: number) => {
    if (props.isDisabled) return
    carry(event, {
      onOver: (_, y) => setDragged({ from, to: placeAt([...(list?.children ?? [])], from, y) }),
      onEnd: (isDropped) => {
        const to = dragged()?.to ?? from
        setDragged(null)
        if (isDropped && to !== from && !props.isDisabled) move(from, to)
      },
    })
  }
  /** The line that shows where it would go stands at this item's edge. */
  const isEdge = (place: number, side: 'before' | 'after') => {
    const drag = dragged()
    if (drag?.to !== place || drag.from === place) return false
    return side === (drag.to < drag.from ? 'before' : 'after')
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
            <li
              class="ordering-item"
              classList={{ 'drop-before': isEdge(place(), 'before'), 'drop-after': isEdge(place(), 'after') }}
              onPointerDown={(event) => take(event, place())}
            >
              <span class="grip" data-grip>
                <Icon name="drag" />
              </span>
              <span class="ordering-place">{place() + 1}</span>
              <Html html={itemOf(itemId)?.html ?? ''} isInline class="ordering-text" />
              <IconButton
                icon="up"
                data-by="-1"
                label={t('ordering.up', { item: textOf(itemOf(itemId)?.html ?? '') })}
                disabled={props.isDisabled || place() === 0}
                onClick={() => step(place(), -1)}
              />
              <IconButton
                icon="down"
                data-by="1"
                label={t('ordering.down', { item: textOf(itemOf(itemId)?.html ?? '') })}
                disabled={props.isDisabled || place() === order().length - 1}
                onClick={() => step(place(), 1)}
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
