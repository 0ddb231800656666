import type { Person } from '@hourglass/students/model'
import { createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { createAction } from '../../lib/load'
import { t } from '../../messages/admin'
import { Button } from '../../parts/button'
import { FormDialog } from '../../parts/form-dialog'
import { ErrorNotice } from '../../parts/notice'
import { Told } from '../../parts/told'
import { PersonFields, type PersonForm } from './person-fields'

export function NewPerson(props: { onClose: () => void; onMade: (person: Person) => void }) {
  const [form, setForm] = createSignal<PersonForm>({ name: '', email: '', role: 'student' })
  return (
    <FormDialog
      title={t('new.title')}
      submitLabel={t('new.submit')}
      keepsOpen
      onClose={props.onClose}
      onSubmit={async () => props.onMade(await api.post<Person>('/api/people', form()))}
    >
      <PersonFields form={form()} onChange={setForm} />
      <p class="soft">{t('new.effect')}</p>
    </FormDialog>
  )
}

export function EditPerson(props: {
  person: Person
  onClose: () => void
  onChanged: (person: Person, told: string) => void
  onInvite: () => void
  onDeactivate: () => void
}) {
  // What the row said when the dialog opened: a reload behind it must not change what is typed.
  const { id, name, email, role, isActive } = props.person
  const [form, setForm] = createSignal<PersonForm>({ name, email, role })
  const activation = createAction()
  const save = async () => {
    const person = await api.patch<Person>(`/api/people/${id}`, form())
    props.onChanged(person, t('edit.done', { name: person.name }))
  }
  const activate = async () => {
    const isDone = await activation.run(async () => {
      const person = await api.patch<Person>(`/api/people/${id}`, { isActive: true })
      props.onChanged(person, t('activate.done', { name: person.name }))
    })
    if (isDone) props.onClose()
  }
  return (
    <FormDialog
      title={t('edit.title', { name })}
      submitLabel={t('edit.submit')}
      onClose={props.onClose}
      onSubmit={save}
    >
      <PersonFields form={form()} onChange={setForm} />
      <Told meaning="attention" text={form().role === role ? '' : t('edit.roleEffect', { name })} />
      <section class="row" aria-label={t('edit.account')}>
        <Show
          when={isActive}
          fallback={
            <Button size="small" busy={activation.isBusy()} onClick={() => void activate()}>
              {t('activate.action')}
            </Button>
          }
        >
          <Button size="small" icon="mail" onClick={() => props.onInvite()}>
            {t('invite.action')}
          </Button>
          <Button size="small" variant="danger" onClick={() => props.onDeactivate()}>
            {t('deactivate.action')}
          </Button>
        </Show>
      </section>
      <Show when={activation.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </FormDialog>
  )
}
