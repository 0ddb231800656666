import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import { t } from '../../messages/quizzes'
import { Button, IconButton } from '../../parts/button'
import './editable-list.css'

/** A quiz may hold thousands of places; a browser lays out a hundred at once. */
const shownAtOnce = 100

/**
 * A list whose places can be added, moved and taken out: by buttons, and by Alt with the arrow keys from anywhere in a place. The
 * focus follows what moved. A long list is shown a part at a time. `items` is a part of a form's draft and is changed in it.
 */
export function EditableList<Item extends object>(props: {
  label: string
  items: Item[]
  /** Names a place for its buttons and for screen readers: "Option 2". */
  nameOf: (index: number) => string
  children: (item: Item, index: () => number) => JSX.Element
  addLabel?: string
  onAdd?: () => void
  minItems?: number
  isFixedOrder?: boolean
}) {
  const [told, setTold] = createSignal('')
  const [first, setFirst] = createSignal(0)
  let list: HTMLOListElement | undefined
  const shown = createMemo(() => props.items.slice(first(), first() + shownAtOnce))
  const partOf = (index: number) => index - (index % shownAtOnce)
  const showPlace = (index: number) => setFirst(partOf(Math.max(0, index)))
  // What was added stands at the end; what was taken out may leave a part empty.
  createEffect(
    on(
      () => props.items.length,
      (length, before) => {
        if (before !== undefined && (length > before || first() >= length)) showPlace(length - 1)
      },
    ),
  )
  const focusPlace = (index: number, by: -1 | 1) =>
    queueMicrotask(() => {
      showPlace(index)
      const place = list?.children[index - first()]
      const button = place?.querySelector<HTMLElement>(`:scope > .place-tools > [data-by="${by}"]:not([disabled])`)
      const other = place?.querySelector<HTMLElement>(':scope > .place-tools > [data-by]:not([disabled])')
      ;(button ?? other)?.focus()
    })
  const move = (index: number, by: -1 | 1) => {
    const to = index + by
    if (props.isFixedOrder || to < 0 || to >= props.items.length) return
    const name = props.nameOf(index)
    const [item] = props.items.splice(index, 1)
    if (!item) return
    props.items.splice(to, 0, item)
    setTold(t('list.moved', { name, place: to + 1, count: props.items.length }))
    focusPlace(to, by)
  }
  const remove = (index: number) => {
    setTold(t('list.removed', { name: props.nameOf(index) }))
    props.items.splice(index, 1)
    queueMicrotask(() => {
      const place = list?.children[Math.min(index, props.items.length - 1) - first()]
      const next = place?.querySelector<HTMLElement>(':scope > .place-tools > button:not([disabled])')
      ;(next ?? list?.parentElement?.querySelector<HTMLElement>(':scope > .list-add > button'))?.focus()
    })
  }
  return (
    <div class="editable-list">
      <ol ref={list} aria-label={props.label} class="places" start={first() + 1}>
        <For each={shown()}>
          {(item, at) => {
            const index = () => first() + at()
            return (
              <li
                class="place"
                onKeyDown={(event) => {
                  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
                  if (!event.altKey || by === null || event.defaultPrevented) return
                  event.preventDefault()
                  event.stopPropagation()
                  move(index(), by)
                }}
              >
                <div class="place-content">{props.children(item, index)}</div>
                <div class="place-tools">
                  <Show when={!props.isFixedOrder}>
                    <IconButton
                      icon="up"
                      data-by="-1"
                      label={t('list.up', { name: props.nameOf(index()) })}
                      disabled={index() === 0}
                      onClick={() => move(index(), -1)}
                    />
                    <IconButton
                      icon="down"
                      data-by="1"
                      label={t('list.down', { name: props.nameOf(index()) })}
                      disabled={index() === props.items.length - 1}
                      onClick={() => move(index(), 1)}
                    />
                  </Show>
                  <IconButton
                    icon="close"
                    label={t('list.remove', { name: props.nameOf(index()) })}
                    disabled={props.items.length <= (props.minItems ?? 0)}
                    onClick={() => remove(index())}
                  />
                </div>
              </li>
            )
          }}
        </For>
      </ol>
      <Show when={props.items.length > shownAtOnce}>
        <nav class="row" aria-label={props.label}>
          <Button size="small" disabled={first() === 0} onClick={() => setFirst(first() - shownAtOnce)}>
            {t('list.before')}
          </Button>
          <span class="soft figures" role="status">
            {t('list.part', {
              from: first() + 1,
              to: Math.min(first() + shownAtOnce, props.items.length),
              count: props.items.length,
            })}
          </span>
          <Button
            size="small"
            disabled={first() + shownAtOnce >= props.items.length}
            onClick={() => setFirst(first() + shownAtOnce)}
          >
            {t('list.after')}
          </Button>
        </nav>
      </Show>
      <Show when={props.onAdd}>
        <div class="list-add">
          <Button size="small" icon="plus" onClick={() => props.onAdd?.()}>
            {props.addLabel}
          </Button>
        </div>
      </Show>
      <p class="hidden-text" role="status">
        {told()}
      </p>
    </div>
  )
}
