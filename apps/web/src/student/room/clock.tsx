import { createMemo, createSignal, onCleanup, Show } from 'solid-js'
import { formatClockTime } from '../../lib/format'
import { t } from '../../messages/room'
import { IconButton } from '../../parts/button'
import { Icon } from '../../parts/icon'
import { type Milestone, milestoneOf, showRemaining } from './countdown'
import './clock.css'

/** The time that is left, by the server's clock. It can be hidden; what screen readers are told, they are told politely and seldom. */
export function Clock(props: {
  remainingMs: () => number | null
  deadline: string | null
  pausedAt: string | null
  /** The whole time, for "half is left"; `null` without a limit. */
  totalMs: number | null
  onEnd: () => void
}) {
  const [left, setLeft] = createSignal(props.remainingMs())
  const [isHidden, setHidden] = createSignal(false)
  const [told, setTold] = createSignal('')
  let last: Milestone | null = null
  let hasEnded = false
  let shownDeadline = props.deadline
  let exact: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    const now = props.remainingMs()
    setLeft(now)
    tellMove()
    if (now === null) return
    const reached = milestoneOf(now, props.totalMs)
    if (reached !== last) {
      if (last !== null && reached !== null) setTold(wordsOf(reached))
      last = reached
    }
    // The end itself is met to the millisecond, so that no key is taken after it.
    if (now > 0 && now < 400) exact = setTimeout(look, now)
    if (now > 0) hasEnded = false
    else if (!hasEnded && props.pausedAt === null) {
      hasEnded = true
      props.onEnd()
    }
  }
  const timer = setInterval(look, 200)
  onCleanup(() => {
    clearInterval(timer)
    clearTimeout(exact)
  })

  const tellMove = () => {
    if (props.deadline === shownDeadline) return
    const hadEnd = shownDeadline !== null
    shownDeadline = props.deadline
    if (hadEnd && props.deadline) setTold(t('clock.moved', { time: formatClockTime(props.deadline) }))
  }
  // Recomputed five times a second, shown anew only when the words change.
  const shown = createMemo(() => showRemaining(left()))
  return (
    <div class="clock" classList={{ 'clock-soon': (left() ?? Number.POSITIVE_INFINITY) < 300_000 }}>
      <Icon name={props.pausedAt ? 'pause' : 'clock'} />
      <Show when={props.deadline !== null} fallback={<span class="clock-words">{t('clock.none')}</span>}>
        <span class="clock-label">{props.pausedAt ? t('clock.paused') : t('clock.left')}</span>
        <Show when={!isHidden()}>
          <span
            class="clock-time"
            role="timer"
            aria-live="off"
            title={props.deadline ? endWords(props.deadline) : undefined}
          >
            {shown() ?? t('clock.unknown')}
          </span>
        </Show>
        <IconButton
          icon="eye"
          label={t(isHidden() ? 'clock.show' : 'clock.hide')}
          aria-pressed={isHidden()}
          onClick={() => setHidden(!isHidden())}
        />
      </Show>
      <span class="hidden-text" role="status">
        {told()}
      </span>
      <Show when={told().startsWith(movedStart)}>
        <span class="clock-moved">{told()}</span>
      </Show>
    </div>
  )
}

const endWords = (deadline: string) => t('clock.ends', { time: formatClockTime(deadline) })
const movedStart = t('clock.moved', { time: '' }).slice(0, 10)

const wordsOf = (milestone: Milestone): string => {
  if (milestone === 'half') return t('clock.half')
  if (milestone === 'fifth') return t('clock.fifth')
  return t('clock.minutes', { count: milestone === 'five' ? 5 : 1 })
}
