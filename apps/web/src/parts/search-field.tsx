import { createUniqueId, onCleanup } from 'solid-js'
import { Icon } from './icon'
import './search-field.css'

const pauseMs = 250

/** Looks for what is typed after a short pause, at once on Enter. The label is spoken; the placeholder shows it. */
export function SearchField(props: { label: string; value: string; onSearch: (text: string) => void }) {
  const id = createUniqueId()
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  const search = (text: string, delayMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => props.onSearch(text.trim()), delayMs)
  }
  return (
    <search class="search-field">
      <label class="hidden-text" for={id}>
        {props.label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        type="search"
        class="input"
        placeholder={props.label}
        value={props.value}
        onInput={(event) => search(event.currentTarget.value, pauseMs)}
        onKeyDown={(event) => event.key === 'Enter' && search(event.currentTarget.value, 0)}
      />
    </search>
  )
}
