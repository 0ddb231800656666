import type { Override } from '@hourglass/exams/model'
import { createSignal, type JSX, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../../../lib/api'
import { createAction } from '../../../lib/load'
import { describeZone } from '../../../lib/local-time'
import { returnFocus } from '../../../lib/return-focus'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import { DateTimeField } from '../../../parts/date-time-field'
import { Dialog } from '../../../parts/dialog'
import { RadioGroup, Select, TextField } from '../../../parts/field'
import { ErrorNotice } from '../../../parts/notice'
import type { AttemptLine, StudentTimes } from '../exam-types'
import {
  emptyOverride,
  findOverrideFaults,
  fromOverride,
  type OverrideField,
  type OverrideValues,
  toNewOverride,
  toOverrideChange,
} from './override-values'

/** Makes or changes an exception for a student or a group, field by field, and says whom it reaches. */
export function OverrideDialog(props: {
  examId: string
  students: readonly StudentTimes[]
  attempts: readonly AttemptLine[]
  /** What is changed; `null` makes a new one, for `personId` if given. */
  override: Override | null
  personId: string | null
  onClose: () => void
  onSaved: () => void
}) {
  const [values, set] = createStore<OverrideValues>(
    props.override ? fromOverride(props.override) : emptyOverride(props.personId),
  )
  const [isTried, setTried] = createSignal(false)
  returnFocus()
  const idempotencyKey = crypto.randomUUID()
  const save = createAction()
  const faults = () => findOverrideFaults(values, props.override)
  const fault = (name: OverrideField | 'subject') =>
    isTried() && faults().has(name) ? t(`override.fault.${name}`) : null
  const groups = () => [...new Set(props.students.flatMap((student) => student.groups))].sort()
  const reached = () =>
    props.students.filter((student) =>
      values.subject === 'person'
        ? student.personId === values.personId
        : values.group !== null && student.groups.includes(values.group),
    )
  const running = () => {
    const ids = new Set(reached().map(({ personId }) => personId))
    return props.attempts.filter(({ state, personId }) => state === 'open' && ids.has(personId)).length
  }
  const submit = async () => {
    setTried(true)
    if (faults().size > 0) return
    const isDone = await save.run(() =>
      props.override
        ? api.put(`/api/overrides/${props.override.overrideId}`, toOverrideChange(values))
        : api.post('/api/overrides', toNewOverride(props.examId, values), { idempotencyKey }),
    )
    if (isDone) props.onSaved()
  }
  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={t(props.override ? 'override.change' : 'override.new')}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('edit.cancel')}
          </Button>
          <Button variant="primary" busy={save.isBusy()} onClick={() => void submit()}>
            {t('override.save')}
          </Button>
        </>
      }
    >
      <Show when={!props.override}>
        <RadioGroup
          label={t('override.subject')}
          value={values.subject}
          onChange={(value) => set('subject', value)}
          options={[
            { value: 'person', label: t('override.person') },
            { value: 'group', label: t('override.group'), isDisabled: groups().length === 0 },
          ]}
          isInline
        />
        <Show
          when={values.subject === 'person'}
          fallback={
            <Select
              label={t('override.group')}
              placeholder={t('form.choose')}
              value={values.group}
              error={fault('subject')}
              options={groups().map((group) => ({ value: group, label: group }))}
              onChange={(group) => set('group', group)}
            />
          }
        >
          <Select
            label={t('override.person')}
            placeholder={t('form.choose')}
            value={values.personId}
            error={fault('subject')}
            options={props.students.map(({ personId, name }) => ({ value: personId, label: name }))}
            onChange={(personId) => set('personId', personId)}
          />
        </Show>
      </Show>
      <p class="soft">{t('override.fieldsHint', { zone: describeZone() })}</p>
      <FieldChoice field="opensAt" values={values} onChoose={(choice) => set('choice', 'opensAt', choice)}>
        <DateTimeField
          label={t('override.value')}
          value={values.opensAt}
          error={fault('opensAt')}
          onChange={(value) => set('opensAt', value)}
        />
      </FieldChoice>
      <FieldChoice field="closesAt" values={values} onChoose={(choice) => set('choice', 'closesAt', choice)}>
        <DateTimeField
          label={t('override.value')}
          value={values.closesAt}
          error={fault('closesAt')}
          onChange={(value) => set('closesAt', value)}
        />
      </FieldChoice>
      <FieldChoice field="limitSeconds" values={values} onChoose={(choice) => set('choice', 'limitSeconds', choice)}>
        <TextField
          label={t('override.minutes')}
          inputMode="decimal"
          value={values.limitMinutes}
          error={fault('limitSeconds')}
          onInput={(event) => set('limitMinutes', event.currentTarget.value)}
        />
      </FieldChoice>
      <FieldChoice
        field="attemptsAllowed"
        values={values}
        onChoose={(choice) => set('choice', 'attemptsAllowed', choice)}
      >
        <TextField
          label={t('override.value')}
          inputMode="numeric"
          value={values.attemptsAllowed}
          error={fault('attemptsAllowed')}
          onInput={(event) => set('attemptsAllowed', event.currentTarget.value)}
        />
      </FieldChoice>
      <FieldChoice field="password" values={values} onChoose={(choice) => set('choice', 'password', choice)}>
        <TextField
          label={t('form.password.text')}
          hint={props.override?.hasPassword ? t('override.passwordKept') : undefined}
          autocomplete="off"
          maxLength={200}
          value={values.password}
          error={fault('password')}
          onInput={(event) => set('password', event.currentTarget.value)}
        />
      </FieldChoice>
      <TextField
        label={t('control.reason')}
        hint={t('control.reasonHint')}
        isOptional
        maxLength={1_000}
        value={values.reason}
        onInput={(event) => set('reason', event.currentTarget.value)}
      />
      <p class="effect" role="status">
        {t('override.reaches', { count: reached().length })}{' '}
        {running() > 0 ? t('override.reachesRunning', { count: running() }) : ''}
      </p>
      <Show when={isTried() && faults().has('nothing')}>
        <p class="field-error">{t('override.fault.nothing')}</p>
      </Show>
      <Show when={save.error()}>{(error) => <ErrorNotice error={error()} title={t('form.notSaved')} />}</Show>
    </Dialog>
  )
}

function FieldChoice(props: {
  field: OverrideField
  values: OverrideValues
  onChoose: (choice: 'as-is' | 'set' | 'without') => void
  children: JSX.Element
}) {
  return (
    <div class="override-field">
      <Select
        label={t(props.field === 'password' ? 'form.password' : `field.${props.field}`)}
        value={props.values.choice[props.field]}
        options={[
          { value: 'as-is', label: t('override.asIs') },
          { value: 'set', label: t('override.set') },
          { value: 'without', label: t(`override.without.${props.field}`) },
        ]}
        onChange={(choice) => props.onChoose(choice)}
      />
      <Show when={props.values.choice[props.field] === 'set'}>{props.children}</Show>
    </div>
  )
}
