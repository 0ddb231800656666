import { Router, type RouteSectionProps, useBeforeLeave } from '@solidjs/router'
import { ErrorBoundary } from 'solid-js'
import { noteLeave } from '../lib/telemetry/notes'
import { t } from '../messages/common'
import { Button } from '../parts/button'
import { Notice } from '../parts/notice'
import { routes } from './routes'

export const App = () => (
  <ErrorBoundary
    fallback={() => (
      <main class="page page-text">
        <h1>{t('app.name')}</h1>
        <Notice meaning="error" role="alert">
          <p>{t('error.page')}</p>
        </Notice>
        <div>
          <Button onClick={() => location.reload()}>{t('error.reload')}</Button>
        </div>
      </main>
    )}
  >
    <Router root={Pages}>{routes}</Router>
  </ErrorBoundary>
)

function Pages(props: RouteSectionProps) {
  useBeforeLeave(({ from, options }) => noteLeave(from.pathname, options?.replace === true))
  return <>{props.children}</>
}
