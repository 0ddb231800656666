import { createEffect, createUniqueId, type JSX, Show } from 'solid-js'
import { t } from '../messages/common'
import { IconButton } from './button'
import './dialog.css'

/**
 * HTML's own dialog: it keeps the focus, closes with Escape and gives the focus back. Its actions say their effect.
 * `onClose` is called however it closes.
 */
export function Dialog(props: {
  isOpen: boolean
  onClose: () => void
  title: string
  children: JSX.Element
  /** Buttons, the main one last. */
  actions?: JSX.Element
  isWide?: boolean
}) {
  const id = createUniqueId()
  let dialog: HTMLDialogElement | undefined
  createEffect(() => {
    if (props.isOpen && dialog?.open === false) dialog.showModal()
    if (!props.isOpen && dialog?.open) dialog.close()
  })
  return (
    <dialog
      ref={dialog}
      class="dialog"
      classList={{ 'dialog-wide': props.isWide ?? false }}
      aria-labelledby={id}
      onClose={() => props.onClose()}
      onClick={(event) => {
        if (event.target === dialog) props.onClose()
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Show when={props.isOpen}>
        <div class="dialog-box">
          <header class="dialog-header">
            <h2 id={id}>{props.title}</h2>
            <IconButton label={t('dialog.close')} icon="close" onClick={() => props.onClose()} />
          </header>
          <div class="dialog-body">{props.children}</div>
          <Show when={props.actions}>
            <footer class="dialog-actions">{props.actions}</footer>
          </Show>
        </div>
      </Show>
    </dialog>
  )
}
