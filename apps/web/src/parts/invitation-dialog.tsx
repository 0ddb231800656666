import type { InvitationLink } from '@hourglass/students/model'
import { createSignal, onMount, Show } from 'solid-js'
import { api } from '../lib/api'
import { createAction } from '../lib/load'
import { t } from '../messages/lists'
import { Button } from './button'
import { CopyField } from './copy-field'
import { Dialog } from './dialog'
import { ErrorNotice } from './notice'
import { Time } from './time'

type Invited = { id: string; name: string; hasPassword: boolean }

/** Makes an invitation link after saying what that does, and shows it to be copied. `isNew`: the account is new, so it asks nothing. */
export function InvitationDialog(props: { person: Invited; isNew?: boolean; onClose: () => void }) {
  const [invitation, setInvitation] = createSignal<InvitationLink | null>(null)
  const action = createAction()
  const make = () =>
    action.run(async () => setInvitation(await api.post<InvitationLink>(`/api/people/${props.person.id}/invitation`)))
  onMount(() => {
    if (props.isNew) void make()
  })
  const name = () => props.person.name
  return (
    <Dialog
      isOpen
      title={t('invitation.title', { name: name() })}
      onClose={props.onClose}
      actions={
        <Show
          when={invitation()}
          fallback={
            <>
              <Button onClick={() => props.onClose()}>{t('invitation.cancel')}</Button>
              <Button variant="primary" busy={action.isBusy()} onClick={() => void make()}>
                {t('invitation.make')}
              </Button>
            </>
          }
        >
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('invitation.done')}
          </Button>
        </Show>
      }
    >
      <Show
        when={invitation()}
        fallback={<p>{t(props.person.hasPassword ? 'invitation.replaces' : 'invitation.effect', { name: name() })}</p>}
      >
        {(made) => (
          <>
            <CopyField
              label={t('invitation.link')}
              hint={t('invitation.hint', { name: name() })}
              value={`${location.origin}${made().link}`}
            />
            <p class="soft">
              {t('invitation.until')} <Time at={made().expiresAt} show="absolute" />.
            </p>
          </>
        )}
      </Show>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </Dialog>
  )
}
