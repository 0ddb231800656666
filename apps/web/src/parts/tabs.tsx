import { createUniqueId, For, type JSX } from 'solid-js'
import './tabs.css'

export type Tab<Id extends string = string> = { id: Id; label: string }

/** Tabs after the ARIA pattern: arrows move, Home and End jump, one of them is in the tab order. */
export function Tabs<Id extends string>(props: {
  label: string
  tabs: readonly Tab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  children: JSX.Element
}) {
  const name = createUniqueId()
  const move = (event: KeyboardEvent, index: number) => {
    const isBackwards = getComputedStyle(event.currentTarget as Element).direction === 'rtl' // the listener's own element
    const last = props.tabs.length - 1
    const targets: Record<string, number> = {
      ArrowRight: index + (isBackwards ? -1 : 1),
      ArrowLeft: index + (isBackwards ? 1 : -1),
      Home: 0,
      End: last,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    const tab = props.tabs[(target + props.tabs.length) % props.tabs.length]
    if (!tab) return
    props.onSelect(tab.id)
    document.getElementById(`${name}-${tab.id}`)?.focus()
  }
  return (
    <div class="tabs">
      <div role="tablist" aria-label={props.label} class="tabs-list">
        <For each={props.tabs}>
          {(tab, index) => (
            <button
              type="button"
              role="tab"
              id={`${name}-${tab.id}`}
              class="tab"
              aria-selected={props.selected === tab.id}
              aria-controls={`${name}-panel`}
              tabIndex={props.selected === tab.id ? 0 : -1}
              onClick={() => props.onSelect(tab.id)}
              onKeyDown={(event) => move(event, index())}
            >
              {tab.label}
            </button>
          )}
        </For>
      </div>
      <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${props.selected}`} class="tabs-panel">
        {props.children}
      </div>
    </div>
  )
}
