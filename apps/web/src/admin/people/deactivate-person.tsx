import type { Person } from '@hourglass/students/model'
import { api } from '../../lib/api'
import { t } from '../../messages/admin'
import { FormDialog } from '../../parts/form-dialog'

export function DeactivatePerson(props: {
  person: Person
  onClose: () => void
  onChanged: (person: Person, told: string) => void
}) {
  const { id, name } = props.person
  const deactivate = async () => {
    const person = await api.patch<Person>(`/api/people/${id}`, { isActive: false })
    props.onChanged(person, t('deactivate.done', { name }))
  }
  return (
    <FormDialog
      title={t('deactivate.title', { name })}
      submitLabel={t('deactivate.submit')}
      isDangerous
      onClose={props.onClose}
      onSubmit={deactivate}
    >
      <p>{t('deactivate.effect', { name })}</p>
    </FormDialog>
  )
}
