import { createSignal, For, onCleanup, Show } from 'solid-js'
import { t } from '../messages/common'
import './skeleton.css'

const delayMs = 300

/** The shape of what comes, after 300 ms: what loads quickly never flickers. */
export function Skeleton(props: { lines?: number; kind?: 'text' | 'rows' | 'cards' }) {
  const [isShown, setShown] = createSignal(false)
  const timer = setTimeout(() => setShown(true), delayMs)
  onCleanup(() => clearTimeout(timer))
  return (
    <div role="status" class={`skeleton skeleton-${props.kind ?? 'text'}`}>
      <Show when={isShown()}>
        <span class="hidden-text">{t('loading')}</span>
        <For each={Array.from({ length: props.lines ?? 3 })}>{() => <span class="skeleton-line" />}</For>
      </Show>
    </div>
  )
}
