import type { Override } from '@hourglass/exams/model'
import { Show } from 'solid-js'
import { api } from '../../../lib/api'
import { createAction } from '../../../lib/load'
import { returnFocus } from '../../../lib/return-focus'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import { Dialog } from '../../../parts/dialog'
import { ErrorNotice } from '../../../parts/notice'

/** Takes an exception back, after saying what that does. */
export function RemoveDialog(props: { override: Override; name: string; onClose: () => void; onRemoved: () => void }) {
  const action = createAction()
  returnFocus()
  const remove = async () => {
    if (await action.run(() => api.delete(`/api/overrides/${props.override.overrideId}`))) props.onRemoved()
  }
  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={t('override.removeTitle', { name: props.name })}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('edit.cancel')}
          </Button>
          <Button variant="danger" busy={action.isBusy()} onClick={() => void remove()}>
            {t('override.remove')}
          </Button>
        </>
      }
    >
      <p>{t('override.removeEffect')}</p>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </Dialog>
  )
}
