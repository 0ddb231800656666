import type { Class } from '@hourglass/students/model'
import { createSignal } from 'solid-js'
import { api } from '../../lib/api'
import { t } from '../../messages/classes'
import { TextField } from '../../parts/field'
import { FormDialog } from '../../parts/form-dialog'

export function NewClass(props: { onClose: () => void; onMade: (made: Class) => void }) {
  const [name, setName] = createSignal('')
  const idempotencyKey = crypto.randomUUID()
  return (
    <FormDialog
      title={t('new.title')}
      submitLabel={t('new.submit')}
      onClose={props.onClose}
      onSubmit={async () => props.onMade(await api.post<Class>('/api/classes', { name: name() }, { idempotencyKey }))}
    >
      <NameField name={name()} onName={setName} />
    </FormDialog>
  )
}

export function RenameClass(props: { of: Class; onClose: () => void; onDone: (changed: Class) => void }) {
  const [name, setName] = createSignal(props.of.name)
  return (
    <FormDialog
      title={t('rename.title', { name: props.of.name })}
      submitLabel={t('rename.submit')}
      onClose={props.onClose}
      onSubmit={async () => props.onDone(await api.patch<Class>(`/api/classes/${props.of.id}`, { name: name() }))}
    >
      <NameField name={name()} onName={setName} />
      <p class="soft">{t('rename.effect')}</p>
    </FormDialog>
  )
}

export function ArchiveClass(props: { of: Class; onClose: () => void; onDone: (changed: Class) => void }) {
  return (
    <FormDialog
      title={t('archive.title', { name: props.of.name })}
      submitLabel={t('archive.submit')}
      onClose={props.onClose}
      onSubmit={async () => props.onDone(await api.patch<Class>(`/api/classes/${props.of.id}`, { isArchived: true }))}
    >
      <p>{t('archive.effect')}</p>
    </FormDialog>
  )
}

export function DeleteClass(props: { of: Class; onClose: () => void; onDone: () => void }) {
  return (
    <FormDialog
      title={t('delete.title', { name: props.of.name })}
      submitLabel={t('delete.submit')}
      isDangerous
      onClose={props.onClose}
      onSubmit={async () => {
        await api.delete(`/api/classes/${props.of.id}`)
        props.onDone()
      }}
    >
      <p>{t('delete.effect')}</p>
    </FormDialog>
  )
}

function NameField(props: { name: string; onName: (name: string) => void }) {
  return (
    <TextField
      label={t('new.name')}
      hint={t('new.nameHint')}
      value={props.name}
      onInput={(event) => props.onName(event.currentTarget.value)}
      maxLength={200}
      required
      autofocus
    />
  )
}
