import { Show } from 'solid-js'
import type { Role } from '../../lib/session'
import { t } from '../../messages/classes'
import { RadioGroup, TextField } from '../../parts/field'
import type { Member } from './members'

/** A person's part in a class and their groups. Students' accounts cannot teach, so they are not asked. */
export function MembershipFields(props: {
  accountRole: Role
  part: Member['role']
  onPart: (part: Member['role']) => void
  groups: string
  onGroups: (groups: string) => void
}) {
  return (
    <>
      <Show when={props.accountRole !== 'student'}>
        <RadioGroup
          label={t('part.label')}
          value={props.part}
          onChange={props.onPart}
          options={[
            { value: 'student', label: t('members.student'), hint: t('part.studentHint') },
            { value: 'teacher', label: t('members.teacher'), hint: t('part.teacherHint') },
          ]}
        />
      </Show>
      <TextField
        label={t('groups.label')}
        hint={t('groups.hint')}
        isOptional
        value={props.groups}
        onInput={(event) => props.onGroups(event.currentTarget.value)}
      />
    </>
  )
}
