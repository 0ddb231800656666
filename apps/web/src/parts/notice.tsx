import { type JSX, Show } from 'solid-js'
import { isApiError } from '../lib/api-error'
import { t } from '../messages/common'
import { Button } from './button'
import { Icon, type IconName } from './icon'
import './notice.css'

export type Meaning = 'stored' | 'kept' | 'attention' | 'error'

const icons: Record<Meaning, IconName> = {
  stored: 'check-circle',
  kept: 'computer',
  attention: 'warning',
  error: 'error',
}

/** One of the four meanings: an icon, words, then the colour. `role` is for what appears later than the page. */
export function Notice(props: {
  meaning: Meaning
  title?: string | undefined
  role?: 'status' | 'alert'
  children?: JSX.Element
}) {
  return (
    <div class={`notice notice-${props.meaning}`} role={props.role}>
      <Icon name={icons[props.meaning]} />
      <div class="notice-text">
        <Show when={props.title} fallback={<span class="hidden-text">{`${t(`notice.${props.meaning}`)}: `}</span>}>
          <p class="notice-title">{props.title}</p>
        </Show>
        {props.children}
      </div>
    </div>
  )
}

/** An error in the server's words, with what to do and the number to quote. */
export function ErrorNotice(props: { error: unknown; title?: string; onRetry?: () => void }) {
  const message = () => (isApiError(props.error) ? props.error.message : t('error.unexpected'))
  const requestId = () => (isApiError(props.error) ? props.error.requestId : null)
  return (
    <Notice meaning="error" role="alert" title={props.title}>
      <p>{message()}</p>
      <Show when={requestId()}>{(id) => <p class="small soft">{t('error.requestId', { requestId: id() })}</p>}</Show>
      <Show when={props.onRetry}>
        <div>
          <Button size="small" onClick={() => props.onRetry?.()}>
            {t('error.retry')}
          </Button>
        </div>
      </Show>
    </Notice>
  )
}
