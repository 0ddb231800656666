import { createUniqueId, type JSX, Show } from 'solid-js'
import { createAction } from '../lib/load'
import { t } from '../messages/common'
import { Button } from './button'
import { Dialog } from './dialog'
import { ErrorNotice } from './notice'

/**
 * A dialog that does one thing: it closes when that is done, and stays open with the reason and all that was typed when it
 * failed. Mount it while it is open (`createOpened`).
 */
export function FormDialog(props: {
  title: string
  /** Says the effect: "Archive class", never "OK". */
  submitLabel: string
  isDangerous?: boolean
  onSubmit: () => Promise<unknown>
  /** The caller shows what comes next, or closes, by itself. */
  keepsOpen?: boolean
  onClose: () => void
  children: JSX.Element
}) {
  const id = createUniqueId()
  const action = createAction()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if ((await action.run(props.onSubmit)) && !props.keepsOpen) props.onClose()
  }
  return (
    <Dialog
      isOpen
      title={props.title}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('dialog.cancel')}</Button>
          <Button type="submit" form={id} variant={props.isDangerous ? 'danger' : 'primary'} busy={action.isBusy()}>
            {props.submitLabel}
          </Button>
        </>
      }
    >
      <form id={id} class="stack" onSubmit={submit}>
        {props.children}
        <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      </form>
    </Dialog>
  )
}
