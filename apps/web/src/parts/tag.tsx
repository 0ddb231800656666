import { type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './icon'
import type { Meaning } from './notice'
import './tag.css'

/** A short state in words, with an icon where it carries a meaning. */
export function Tag(props: { meaning?: Meaning | 'neutral' | 'accent'; icon?: IconName; children: JSX.Element }) {
  return (
    <span class={`tag tag-${props.meaning ?? 'neutral'}`}>
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      {props.children}
    </span>
  )
}
