import { Show } from 'solid-js'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import type { AttemptLine } from '../exam-types'
import type { Control } from './live-control'

/** What can be done with all who write, or with those who were chosen. An outage is given back to all. */
export function Tools(props: {
  open: readonly AttemptLine[]
  selected: readonly AttemptLine[]
  onAsk: (kind: Control['kind'], attempts: readonly AttemptLine[]) => void
  onChooseNone: () => void
}) {
  const target = () => (props.selected.length > 0 ? props.selected : props.open)
  return (
    <Show when={props.open.length > 0}>
      <fieldset class="live-tools no-print">
        <legend class="live-legend" aria-live="polite">
          {props.selected.length > 0
            ? t('live.forSelected', { count: props.selected.length })
            : t('live.forAll', { count: props.open.length })}
        </legend>
        <div class="row">
          <Button size="small" icon="pause" onClick={() => props.onAsk('pause', target())}>
            {t('live.pause')}
          </Button>
          <Button
            size="small"
            disabled={!target().some(({ pausedAt }) => pausedAt !== null)}
            onClick={() => props.onAsk('resume', target())}
          >
            {t('live.resume')}
          </Button>
          <Button size="small" icon="clock" onClick={() => props.onAsk('compensate', props.open)}>
            {t('live.compensate')}
          </Button>
          <Button size="small" variant="danger" icon="lock" onClick={() => props.onAsk('seal', target())}>
            {t('live.seal')}
          </Button>
          <Show when={props.selected.length > 0}>
            <Button size="small" variant="quiet" onClick={() => props.onChooseNone()}>
              {t('live.selectNone')}
            </Button>
          </Show>
        </div>
      </fieldset>
    </Show>
  )
}
