import type { ReliabilityReport } from '@hourglass/notifier/reliability'
import { For, Show } from 'solid-js'
import { formatDateTime } from '../../lib/format'
import { t } from '../../messages/reliability'
import { Notice } from '../../parts/notice'
import { durationOf, seenHours } from './words'

/** What somebody takes home who reads nothing else. */
export function Summary(props: { of: ReliabilityReport }) {
  return (
    <div class="stack">
      <Show when={props.of.missing} fallback={<Verdict of={props.of} />}>
        {(missing) => (
          <Notice meaning="attention" title={t('missing.title')}>
            <p>{t(`missing.${missing()}`)}</p>
          </Notice>
        )}
      </Show>
      <Show when={props.of.measuredAt}>
        {(at) => (
          <p class="soft measure">
            {t(props.of.source === 'own' ? 'measured' : 'measuredElsewhere', { time: formatDateTime(at()) })}{' '}
            <Show when={youngHours(props.of)}>{(hours) => t('all.young', { duration: durationOf(hours()) })}</Show>
          </p>
        )}
      </Show>
    </div>
  )
}

function Verdict(props: { of: ReliabilityReport }) {
  const burning = (state: 'page' | 'ticket') => props.of.promises.filter((promise) => promise.state === state)
  const worst = (): 'page' | 'ticket' | null =>
    burning('page').length > 0 ? 'page' : burning('ticket').length > 0 ? 'ticket' : null
  return (
    <Show
      when={worst()}
      fallback={
        <Notice meaning="stored" title={t('all.fine', { count: props.of.promises.length })}>
          <p>{t('all.fineText')}</p>
        </Notice>
      }
    >
      {(state) => (
        <Notice
          meaning={state() === 'page' ? 'error' : 'attention'}
          title={t(`all.${state()}`, { count: burning(state()).length })}
        >
          <p>{t(`all.${state()}Text`)}</p>
          <ul>
            <For each={burning(state())}>
              {(promise) => (
                <li>
                  <a href={`#${promise.id}`}>{promise.promise}</a>
                </li>
              )}
            </For>
          </ul>
        </Notice>
      )}
    </Show>
  )
}

/** Hours of figures, of the promise that has most; `null` when the 30 days are as good as full. */
function youngHours({ promises, periodDays }: ReliabilityReport): number | null {
  const hours = Math.max(0, ...promises.map(seenHours))
  return hours < periodDays * 24 * 0.99 ? hours : null
}
