import { type JSX, Show } from 'solid-js'
import './empty.css'
import { Icon, type IconName } from './icon'

/** A place with nothing in it yet: what goes here, and how to start. */
export function Empty(props: { title: string; icon?: IconName; children?: JSX.Element; action?: JSX.Element }) {
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'empty'} />
      <p class="empty-title">{props.title}</p>
      <Show when={props.children}>
        <div class="soft measure">{props.children}</div>
      </Show>
      {props.action}
    </div>
  )
}
