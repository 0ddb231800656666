import { createEffect, ErrorBoundary, type JSX, Show, Suspense } from 'solid-js'
import { t } from '../messages/common'
import { ErrorNotice } from './notice'
import './page.css'
import { Skeleton } from './skeleton'

/**
 * The content of one page: its heading, what can be done, and the states of its data. A fault below it is told here, loading
 * shows the shape of what comes.
 */
export function Page(props: {
  title: string
  /** One sentence under the heading. */
  lead?: JSX.Element
  actions?: JSX.Element
  width?: 'text' | 'wide'
  skeleton?: 'text' | 'rows' | 'cards'
  children: JSX.Element
}) {
  createEffect(() => {
    document.title = t('app.title', { page: props.title })
  })
  return (
    <div class={`page page-${props.width ?? 'wide'}`}>
      <header class="page-header">
        <div class="stack-tight">
          <h1>{props.title}</h1>
          <Show when={props.lead}>
            <div class="soft measure">{props.lead}</div>
          </Show>
        </div>
        <Show when={props.actions}>
          <div class="row">{props.actions}</div>
        </Show>
      </header>
      <ErrorBoundary
        fallback={(error, reset) => <ErrorNotice error={error} title={t('loaded.failed')} onRetry={reset} />}
      >
        <Suspense fallback={<Skeleton kind={props.skeleton ?? 'text'} lines={4} />}>{props.children}</Suspense>
      </ErrorBoundary>
    </div>
  )
}
