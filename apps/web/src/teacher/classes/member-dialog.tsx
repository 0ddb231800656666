import type { Class } from '@hourglass/students/model'
import { createSignal, Match, Show, Switch } from 'solid-js'
import { api } from '../../lib/api'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { FormDialog } from '../../parts/form-dialog'
import { InvitationDialog } from '../../parts/invitation-dialog'
import { type Member, readGroups } from './members'
import { MembershipFields } from './membership-fields'

type Props = { member: Member; class: Class; onClose: () => void; onChanged: (told: string) => Promise<void> }

/** What can be done with one member: part and groups, an invitation, leaving the class. */
export function MemberDialog(props: Props) {
  const [step, setStep] = createSignal<'change' | 'invite' | 'remove'>('change')
  return (
    <Switch>
      <Match when={step() === 'change'}>
        <ChangeMember {...props} onInvite={() => setStep('invite')} onRemove={() => setStep('remove')} />
      </Match>
      <Match when={step() === 'invite'}>
        <InvitationDialog person={props.member.person} onClose={props.onClose} />
      </Match>
      <Match when={step() === 'remove'}>
        <RemoveMember {...props} />
      </Match>
    </Switch>
  )
}

const addressOf = ({ class: of, member }: Props) => `/api/classes/${of.id}/members/${member.id}`

function ChangeMember(props: Props & { onInvite: () => void; onRemove: () => void }) {
  // What the row said when the dialog opened: a reload behind it must not change what is typed.
  const { person, role, groups: before } = props.member
  const [part, setPart] = createSignal(role)
  const [groups, setGroups] = createSignal(before.join(', '))
  const canInvite = person.isActive && person.role === 'student' && !person.hasPassword
  const save = async () => {
    await api.put(addressOf(props), { role: part(), groups: readGroups(groups()) })
    await props.onChanged(t('change.done', { name: person.name }))
  }
  return (
    <FormDialog
      title={t('change.title', { name: person.name, class: props.class.name })}
      submitLabel={t('change.submit')}
      onSubmit={save}
      onClose={props.onClose}
    >
      <MembershipFields
        accountRole={person.role}
        part={part()}
        onPart={setPart}
        groups={groups()}
        onGroups={setGroups}
      />
      <section class="stack-tight" aria-label={t('change.account')}>
        <Show when={canInvite}>
          <p class="soft">{t('change.invitedHint')}</p>
        </Show>
        <div class="row">
          <Show when={canInvite}>
            <Button size="small" icon="mail" onClick={() => props.onInvite()}>
              {t('change.invite')}
            </Button>
          </Show>
          <Button size="small" variant="danger" onClick={() => props.onRemove()}>
            {t('change.remove')}
          </Button>
        </div>
      </section>
    </FormDialog>
  )
}

function RemoveMember(props: Props) {
  const name = props.member.person.name
  const remove = async () => {
    await api.delete(addressOf(props))
    await props.onChanged(t('remove.done', { name }))
  }
  return (
    <FormDialog
      title={t('remove.title', { name, class: props.class.name })}
      submitLabel={t('remove.submit')}
      isDangerous
      onSubmit={remove}
      onClose={props.onClose}
    >
      <p>{t(props.member.role === 'teacher' ? 'remove.teacher' : 'remove.student', { name })}</p>
    </FormDialog>
  )
}
