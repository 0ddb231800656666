import { type JSX, Match, Show, Switch } from 'solid-js'
import type { PageList as List } from '../lib/page-list'
import { t } from '../messages/lists'
import { ErrorNotice } from './notice'
import { Skeleton } from './skeleton'

/** The states of a list that comes in pages: its shape while it loads, its fault, its emptiness, its rows. */
export function PageList<Item>(props: { list: List<Item>; empty: JSX.Element; children: JSX.Element }) {
  const state = () => props.list.state
  return (
    <>
      <Show when={state().error}>
        {(error) => <ErrorNotice error={error()} title={t('list.failed')} onRetry={() => void props.list.reload()} />}
      </Show>
      <Switch>
        <Match when={!state().isLoaded}>
          <Show when={!state().error}>
            <Skeleton kind="rows" lines={6} />
          </Show>
        </Match>
        <Match when={state().items.length === 0}>{props.empty}</Match>
        <Match when={true}>{props.children}</Match>
      </Switch>
    </>
  )
}
