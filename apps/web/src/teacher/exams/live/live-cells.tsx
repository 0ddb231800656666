import { Show } from 'solid-js'
import { formatClockTime, formatDuration } from '../../../lib/format'
import { t } from '../../../messages/teaching'
import { Tag } from '../../../parts/tag'
import { Time } from '../../../parts/time'
import type { AttemptLine } from '../exam-types'

/** Seconds matter here, so the whole is on the hover and the time of day in the cell. */
export const SavedAt = (props: { at: string }) => (
  <time datetime={props.at} title={props.at} class="figures">
    {formatClockTime(props.at)}
  </time>
)

export function StateTag(props: { line: AttemptLine }) {
  return (
    <Show
      when={props.line.state === 'open'}
      fallback={
        <span class="row live-state">
          <Tag icon="lock">{t(`attempt.state.${props.line.state}`)}</Tag>
          <Show when={props.line.cause}>
            {(cause) => <span class="soft small">{t(`attempt.cause.${cause()}`)}</span>}
          </Show>
        </span>
      }
    >
      <Show
        when={props.line.pausedAt}
        fallback={
          <Show
            when={props.line.isOverdue}
            fallback={
              <Tag meaning="accent" icon="clock">
                {t('attempt.state.open')}
              </Tag>
            }
          >
            <Tag meaning="attention" icon="warning">
              {t('attempt.overdue')}
            </Tag>
          </Show>
        }
      >
        <Tag meaning="attention" icon="pause">
          {t('attempt.paused')}
        </Tag>
      </Show>
    </Show>
  )
}

/** Counts down against the server's clock; while paused it stands. */
export function Left(props: { line: AttemptLine; now: number }) {
  const leftSeconds = () => {
    const { deadline, pausedAt } = props.line
    if (deadline === null) return null
    return Math.max(0, Math.round((Date.parse(deadline) - (pausedAt ? Date.parse(pausedAt) : props.now)) / 1_000))
  }
  const words = (seconds: number) =>
    seconds >= 600 ? formatDuration(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <Show
      when={props.line.state === 'open'}
      fallback={
        <Show when={props.line.sealedAt}>
          {(at) => (
            <span class="soft">
              <Time at={at()} show="absolute" />
            </span>
          )}
        </Show>
      }
    >
      <Show when={leftSeconds() !== null} fallback={<span class="soft">{t('time.unlimited')}</span>}>
        <time datetime={props.line.deadline ?? ''} title={props.line.deadline ?? ''} class="figures live-left">
          {words(leftSeconds() ?? 0)}
        </time>
      </Show>
    </Show>
  )
}
