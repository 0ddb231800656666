import { type Accessor, type JSX, Show } from 'solid-js'
import { formatClockTime } from '../lib/format'
import type { Loader } from '../lib/load'
import { t } from '../messages/common'
import { ErrorNotice, Notice } from './notice'
import { Skeleton } from './skeleton'

/**
 * What a loader brought, and the states before it: the shape of what comes, or why it did not. When a later refresh fails, what is
 * shown stays, with a word on how old it is.
 */
export function Loaded<T>(props: {
  of: Loader<T>
  skeleton?: 'text' | 'rows' | 'cards'
  lines?: number
  children: (data: Accessor<NonNullable<T>>) => JSX.Element
}) {
  return (
    <Show
      when={props.of.data()}
      fallback={
        <Show when={props.of.error()} fallback={<Skeleton kind={props.skeleton ?? 'rows'} lines={props.lines ?? 6} />}>
          {(error) => <ErrorNotice error={error()} title={t('loaded.failed')} onRetry={() => void props.of.reload()} />}
        </Show>
      }
    >
      {(data) => (
        <>
          <Show when={props.of.error()}>
            <Notice meaning="attention" role="status" title={t('loaded.old')}>
              <p>{t('loaded.oldSince', { time: formatClockTime(new Date(props.of.loadedAtMs()).toISOString()) })}</p>
            </Notice>
          </Show>
          {props.children(data)}
        </>
      )}
    </Show>
  )
}
