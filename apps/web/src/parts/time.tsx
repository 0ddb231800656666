import { createSignal, onCleanup, Show } from 'solid-js'
import { formatDateTime, formatFullTime, formatRelative } from '../lib/format'
import { serverNow } from '../lib/server-now'
import { t } from '../messages/common'

const tickMs = 30_000

/** A moment: the absolute time with its zone on hover, the relative one beside it in words that stay true. */
export function Time(props: { at: string; show?: 'both' | 'absolute' | 'relative' }) {
  const [nowMs, setNowMs] = createSignal(serverNow())
  const timer = setInterval(() => setNowMs(serverNow()), tickMs)
  onCleanup(() => clearInterval(timer))
  const relative = () => formatRelative(props.at, nowMs())
  return (
    <time datetime={props.at} title={formatFullTime(props.at)}>
      <Show when={props.show !== 'relative'} fallback={relative()}>
        {formatDateTime(props.at)}
        <Show when={props.show !== 'absolute'}>
          <span class="soft"> {t('time.relative', { relative: relative() })}</span>
        </Show>
      </Show>
    </time>
  )
}
