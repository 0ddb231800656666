import { For } from 'solid-js'
import { Tag } from './tag'
import './tag-list.css'

export function TagList(props: { tags: readonly string[] }) {
  return (
    <ul class="tag-list">
      <For each={props.tags}>
        {(tag) => (
          <li>
            <Tag>{tag}</Tag>
          </li>
        )}
      </For>
    </ul>
  )
}
