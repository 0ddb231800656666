import { Router } from '@solidjs/router'
import { ErrorBoundary } from 'solid-js'
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
    <Router>{routes}</Router>
  </ErrorBoundary>
)
