import { Show } from 'solid-js'
import { t } from '../messages/lists'
import { Button } from './button'

/** The end of a list that comes by cursor: how much is shown, and more of it. */
export function Pager(props: { shown: number; hasMore: boolean; isLoading?: boolean; onMore: () => void }) {
  return (
    <nav class="row" aria-label={t('pager.label')}>
      <Show when={props.hasMore} fallback={<span class="soft">{t('pager.all')}</span>}>
        <Button size="small" busy={props.isLoading ?? false} onClick={() => props.onMore()}>
          {t('pager.more')}
        </Button>
      </Show>
      <span class="soft figures" role="status">
        {t('pager.shown', { count: props.shown })}
      </span>
    </nav>
  )
}
