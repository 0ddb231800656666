import type { Role } from '../../lib/session'
import { t } from '../../messages/admin'
import { t as common } from '../../messages/common'
import { RadioGroup, TextField } from '../../parts/field'

export type PersonForm = { name: string; email: string; role: Role }

/** Who a person is and what they may do. */
export function PersonFields(props: { form: PersonForm; onChange: (form: PersonForm) => void }) {
  const change = (part: Partial<PersonForm>) => props.onChange({ ...props.form, ...part })
  return (
    <>
      <TextField
        label={t('person.name')}
        autocomplete="off"
        maxLength={200}
        required
        autofocus
        value={props.form.name}
        onInput={(event) => change({ name: event.currentTarget.value })}
      />
      <TextField
        label={t('person.email')}
        hint={t('person.emailHint')}
        type="email"
        autocomplete="off"
        maxLength={254}
        required
        value={props.form.email}
        onInput={(event) => change({ email: event.currentTarget.value })}
      />
      <RadioGroup
        label={t('person.role')}
        value={props.form.role}
        onChange={(role) => change({ role })}
        options={[
          { value: 'student', label: common('account.role.student'), hint: t('role.studentHint') },
          { value: 'teacher', label: common('account.role.teacher'), hint: t('role.teacherHint') },
          { value: 'admin', label: common('account.role.admin'), hint: t('role.adminHint') },
        ]}
      />
    </>
  )
}
