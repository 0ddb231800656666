import type { Class, Person, RosterReport } from '@hourglass/students/model'
import { createSignal, Show } from 'solid-js'
import { ApiError, api } from '../../lib/api'
import { toCsv } from '../../lib/csv'
import { t } from '../../messages/classes'
import { t as common } from '../../messages/common'
import { Button } from '../../parts/button'
import { CopyField } from '../../parts/copy-field'
import { Dialog } from '../../parts/dialog'
import { TextField } from '../../parts/field'
import { FormDialog } from '../../parts/form-dialog'
import { Notice } from '../../parts/notice'
import { type Member, readGroups } from './members'
import { MembershipFields } from './membership-fields'

type Props = { class: Class; onClose: () => void; onAdded: (told: string) => Promise<void> }

/** Adds one person: by address for who has an account; otherwise it makes a student's account and shows its link. */
export function AddMember(props: Props) {
  const [email, setEmail] = createSignal('')
  const [found, setFound] = createSignal<Person | 'nobody' | null>(null)
  const [link, setLink] = createSignal<{ name: string; path: string } | null>(null)
  const known = () => {
    const value = found()
    return value === 'nobody' ? null : value
  }
  const again = () => setFound(null)
  return (
    <Show
      when={link()}
      fallback={
        <Show when={found()} fallback={<FindPerson {...props} email={email()} onEmail={setEmail} onFound={setFound} />}>
          <Show when={known()} fallback={<AddNew {...props} email={email()} onAgain={again} onLink={setLink} />}>
            {(person) => <AddKnown {...props} person={person()} onAgain={again} />}
          </Show>
        </Show>
      }
    >
      {(made) => (
        <Dialog
          isOpen
          title={common('notice.stored')}
          onClose={props.onClose}
          actions={
            <Button variant="primary" onClick={() => props.onClose()}>
              {t('add.close')}
            </Button>
          }
        >
          <p>{t('add.done', { name: made().name })}</p>
          <CopyField
            label={t('add.link')}
            hint={t('add.linkHint', { name: made().name })}
            value={`${location.origin}${made().path}`}
          />
        </Dialog>
      )}
    </Show>
  )
}

function FindPerson(
  props: Props & { email: string; onEmail: (email: string) => void; onFound: (found: Person | 'nobody') => void },
) {
  const find = async () => {
    const query = new URLSearchParams({ email: props.email.trim() })
    const { items } = await api.get<{ items: Person[] }>(`/api/people?${query}`)
    props.onFound(items[0] ?? 'nobody')
  }
  return (
    <FormDialog
      title={t('add.title', { class: props.class.name })}
      submitLabel={t('add.find')}
      keepsOpen
      onSubmit={find}
      onClose={props.onClose}
    >
      <TextField
        label={t('add.email')}
        hint={t('add.emailHint')}
        type="email"
        autocomplete="off"
        required
        autofocus
        value={props.email}
        onInput={(event) => props.onEmail(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

function AddKnown(props: Props & { person: Person; onAgain: () => void }) {
  const [part, setPart] = createSignal<Member['role']>(props.person.role === 'student' ? 'student' : 'teacher')
  const [groups, setGroups] = createSignal('')
  const add = async () => {
    await api.put(`/api/classes/${props.class.id}/members/${props.person.id}`, {
      role: part(),
      groups: readGroups(groups()),
    })
    await props.onAdded(t('add.done', { name: props.person.name }))
  }
  return (
    <FormDialog
      title={t('add.title', { class: props.class.name })}
      submitLabel={t('add.submit')}
      onSubmit={add}
      onClose={props.onClose}
    >
      <p>{t('add.found', { name: props.person.name, role: common(`account.role.${props.person.role}`) })}</p>
      <Show when={!props.person.isActive}>
        <Notice meaning="attention">
          <p>{t('add.foundInactive')}</p>
        </Notice>
      </Show>
      <MembershipFields
        accountRole={props.person.role}
        part={part()}
        onPart={setPart}
        groups={groups()}
        onGroups={setGroups}
      />
      <Again onAgain={props.onAgain} />
    </FormDialog>
  )
}

function AddNew(
  props: Props & { email: string; onAgain: () => void; onLink: (made: { name: string; path: string }) => void },
) {
  const [name, setName] = createSignal('')
  const [groups, setGroups] = createSignal('')
  const create = async () => {
    // A roster of one row makes the account, adds it and invites its owner, all or nothing.
    const row = [name().trim(), props.email.trim(), readGroups(groups()).join(';')]
    const file = toCsv([['name', 'email', 'groups'], row])
    const report = await api.post<RosterReport>(`/api/classes/${props.class.id}/roster`, file, {
      contentType: 'text/csv',
    })
    const [result] = report.rows
    if (!result || result.result === 'refused') {
      throw new ApiError('refused', result?.reason ?? common('error.unexpected'), 422, null)
    }
    await props.onAdded(t('add.done', { name: result.name }))
    if (result.invitation) props.onLink({ name: result.name, path: result.invitation })
    else props.onClose()
  }
  return (
    <FormDialog
      title={t('add.title', { class: props.class.name })}
      submitLabel={t('add.create')}
      keepsOpen
      onSubmit={create}
      onClose={props.onClose}
    >
      <Notice meaning="attention" title={t('add.notFound')} role="status">
        <p>{t('add.newHint')}</p>
      </Notice>
      <TextField
        label={t('add.name')}
        autocomplete="off"
        required
        autofocus
        maxLength={200}
        value={name()}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        label={t('groups.label')}
        hint={t('groups.hint')}
        isOptional
        value={groups()}
        onInput={(event) => setGroups(event.currentTarget.value)}
      />
      <Again onAgain={props.onAgain} />
    </FormDialog>
  )
}

const Again = (props: { onAgain: () => void }) => (
  <div>
    <Button size="small" variant="quiet" icon="previous" onClick={() => props.onAgain()}>
      {t('add.again')}
    </Button>
  </div>
)
