import type { Override } from '@hourglass/exams/model'
import { For, Show } from 'solid-js'
import { formatDuration } from '../../../lib/format'
import type { Loader } from '../../../lib/load'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import { Loaded } from '../../../parts/loaded'
import { Tag } from '../../../parts/tag'
import { moment } from './moment'

/** The exceptions of an exam, each in words, to be changed or taken back. */
export const Overrides = (props: {
  of: Loader<Override[]>
  nameOf: (override: Override) => string
  onEdit: (override: Override) => void
  onRemove: (override: Override) => void
}) => (
  <section class="stack">
    <h3>{t('override.title')}</h3>
    <Loaded of={props.of} lines={2}>
      {(list) => (
        <Show when={list().length > 0} fallback={<p class="soft">{t('override.empty')}</p>}>
          <ul class="override-list">
            <For each={list()}>
              {(override) => (
                <li class="row-apart">
                  <div class="stack-tight">
                    <span class="row">
                      <strong>{props.nameOf(override)}</strong>
                      <Show when={override.group !== null}>
                        <Tag>{t('override.group')}</Tag>
                      </Show>
                    </span>
                    <OverrideWords override={override} />
                    <Show when={override.reason}>
                      <span class="soft">{t('override.reason', { reason: override.reason })}</span>
                    </Show>
                  </div>
                  <span class="row">
                    <Button
                      size="small"
                      aria-label={t('override.changeOf', { name: props.nameOf(override) })}
                      onClick={() => props.onEdit(override)}
                    >
                      {t('override.changeShort')}
                    </Button>
                    <Button
                      size="small"
                      variant="danger"
                      aria-label={t('override.removeOf', { name: props.nameOf(override) })}
                      onClick={() => props.onRemove(override)}
                    >
                      {t('override.removeShort')}
                    </Button>
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Show>
      )}
    </Loaded>
  </section>
)

/** "Closes 11:30; 90 minutes" */
function OverrideWords(props: { override: Override }) {
  return (
    <span>
      <Show when={props.override.opensAt !== undefined}>
        {t('field.opensAt')}: {moment(props.override.opensAt ?? null, t('exam.opens.always'))}.{' '}
      </Show>
      <Show when={props.override.closesAt !== undefined}>
        {t('field.closesAt')}: {moment(props.override.closesAt ?? null, t('exam.closes.never'))}.{' '}
      </Show>
      <Show when={props.override.limitSeconds !== undefined}>
        {t('field.limitSeconds')}:{' '}
        {props.override.limitSeconds ? formatDuration(props.override.limitSeconds) : t('time.unlimited')}.{' '}
      </Show>
      <Show when={props.override.attemptsAllowed !== undefined}>
        {t('field.attemptsAllowed')}: {props.override.attemptsAllowed ?? t('value.any')}.{' '}
      </Show>
      <Show when={props.override.hasPassword !== undefined}>
        {t('form.password')}: {t(props.override.hasPassword ? 'value.set' : 'value.none')}.
      </Show>
    </span>
  )
}
