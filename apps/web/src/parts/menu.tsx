import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './icon'
import './menu.css'

export type MenuItem = { label: string; icon?: IconName; isDangerous?: boolean } & (
  | { onSelect: () => void }
  | { href: string }
)

/** Actions under a button. A native popover of plain buttons: Tab walks through it, Escape closes it. */
export function Menu(props: {
  label: JSX.Element
  items: readonly MenuItem[]
  icon?: IconName
  accessibleName?: string
}) {
  const id = createUniqueId()
  let button: HTMLButtonElement | undefined
  let popover: HTMLDivElement | undefined
  const place = () => {
    if (!button || !popover) return
    const box = button.getBoundingClientRect()
    popover.style.insetBlockStart = `${box.bottom + 4}px`
    popover.style.left = `${Math.max(8, Math.min(box.left, innerWidth - popover.offsetWidth - 8))}px`
  }
  const choose = (item: MenuItem) => {
    popover?.hidePopover()
    if ('onSelect' in item) item.onSelect()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button button-plain button-target"
        popovertarget={id}
        aria-label={props.accessibleName}
        aria-haspopup="true"
      >
        <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
        {props.label}
        <Icon name="down" />
      </button>
      <div ref={popover} id={id} popover="auto" class="menu" onToggle={(event) => event.newState === 'open' && place()}>
        <For each={props.items}>
          {(item) => (
            <Show
              when={'href' in item ? item : null}
              fallback={
                <button
                  type="button"
                  class="menu-item"
                  classList={{ 'menu-item-danger': item.isDangerous ?? false }}
                  onClick={() => choose(item)}
                >
                  <Show when={item.icon}>{(name) => <Icon name={name()} />}</Show>
                  {item.label}
                </button>
              }
            >
              {(link) => (
                <a class="menu-item" href={link().href} onClick={() => popover?.hidePopover()}>
                  <Show when={item.icon}>{(name) => <Icon name={name()} />}</Show>
                  {item.label}
                </a>
              )}
            </Show>
          )}
        </For>
      </div>
    </>
  )
}
