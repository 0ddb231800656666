import { type BeforeLeaveEventArgs, useBeforeLeave } from '@solidjs/router'
import { createMemo, createSignal, onCleanup } from 'solid-js'
import { t } from '../../messages/quizzes'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'

/** Asks before a page with unsaved changes is left: by a link in words, by closing the window as the browser asks. */
export function LeaveGuard(props: { isDirty: boolean }) {
  const [leaving, setLeaving] = createSignal<BeforeLeaveEventArgs | null>(null)
  const isDirty = createMemo(() => props.isDirty)
  useBeforeLeave((event) => {
    if (!isDirty() || event.defaultPrevented || isSamePage(event)) return
    event.preventDefault()
    setLeaving(event)
  })
  const warn = (event: BeforeUnloadEvent) => {
    if (isDirty()) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  onCleanup(() => removeEventListener('beforeunload', warn))
  return (
    <Dialog
      isOpen={leaving() !== null}
      title={t('leave.title')}
      onClose={() => setLeaving(null)}
      actions={
        <>
          <Button
            variant="danger"
            onClick={() => {
              const event = leaving()
              setLeaving(null)
              event?.retry(true)
            }}
          >
            {t('leave.leave')}
          </Button>
          <Button variant="primary" onClick={() => setLeaving(null)}>
            {t('leave.stay')}
          </Button>
        </>
      }
    >
      <p>{t('leave.text')}</p>
    </Dialog>
  )
}

const isSamePage = ({ to, from }: BeforeLeaveEventArgs): boolean =>
  typeof to === 'string' && new URL(to, location.origin).pathname === from.pathname
