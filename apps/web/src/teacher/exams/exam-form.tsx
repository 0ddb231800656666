import { For, type JSX, Show } from 'solid-js'
import type { SetStoreFunction } from 'solid-js/store'
import { describeZone } from '../../lib/local-time'
import { t } from '../../messages/teaching'
import { DateTimeField } from '../../parts/date-time-field'
import { Checkbox, PasswordField, RadioGroup, Select, TextField } from '../../parts/field'
import type { FormFault, FormValues } from './form-values'
import { ReviewOptionsTable } from './review-options'

type FormProps = {
  values: FormValues
  set: SetStoreFunction<FormValues>
  /** Shown only once somebody has tried to save. */
  faults: ReadonlySet<FormFault>
  /** Students have started: what is marked may no longer change. */
  isStarted?: boolean
  /** An edited exam that has a password may keep it. */
  hasPassword?: boolean
}

/** The rules of an exam, in the order in which a teacher decides them. */
export function ExamForm(props: FormProps & { what: JSX.Element }) {
  const fault = (name: FormFault) => (props.faults.has(name) ? t(`form.fault.${name}`) : null)
  return (
    <>
      <Group title={t('form.what')}>
        {props.what}
        <TextField
          label={t('form.title')}
          maxLength={400}
          value={props.values.title}
          error={fault('title')}
          onInput={(event) => props.set('title', event.currentTarget.value)}
        />
      </Group>
      <Group title={t('form.when')}>
        <p class="soft">{t('form.zone', { zone: describeZone() })}</p>
        <div class="form-grid">
          <DateTimeField
            label={t('exam.opens')}
            hint={t('form.opensHint')}
            value={props.values.opensAt}
            onChange={(value) => props.set('opensAt', value)}
          />
          <DateTimeField
            label={t('exam.closes')}
            hint={t('form.closesHint')}
            value={props.values.closesAt}
            error={fault('window')}
            onChange={(value) => props.set('closesAt', value)}
          />
          <TextField
            label={t('form.limit')}
            hint={t('form.limitHint')}
            inputMode="decimal"
            autocomplete="off"
            value={props.values.limitMinutes}
            error={fault('limit')}
            onInput={(event) => props.set('limitMinutes', event.currentTarget.value)}
          />
          <TextField
            label={t('form.attempts')}
            hint={t('form.attemptsHint')}
            inputMode="numeric"
            autocomplete="off"
            value={props.values.attemptsAllowed}
            error={fault('attempts')}
            onInput={(event) => props.set('attemptsAllowed', event.currentTarget.value)}
          />
        </div>
        <Overdue {...props} />
      </Group>
      <Group title={t('form.room')}>
        <RadioGroup
          label={t('form.layout')}
          value={props.values.layout}
          onChange={(value) => props.set('layout', value)}
          options={[
            { value: 'one', label: t('form.layout.one') },
            { value: 'all', label: t('form.layout.all') },
          ]}
          isInline
        />
        <div>
          <Switch name="shuffleQuestions" {...props} />
          <Switch name="shuffleOptions" {...props} />
          <Switch name="pasteAllowed" {...props} />
        </div>
        <Password {...props} error={fault('password')} />
      </Group>
      <Group title={t('form.marking')}>
        <div>
          <Switch name="certainty" {...props} isDisabled={props.isStarted ?? false} />
          <Switch name="negativeMarks" {...props} isDisabled={props.isStarted ?? false} />
        </div>
        <Show when={props.isStarted}>
          <p class="soft">{t('form.marking.started')}</p>
        </Show>
        <Select
          label={t('form.gradingMethod')}
          hint={t('form.gradingMethodHint')}
          value={props.values.gradingMethod}
          onChange={(value) => props.set('gradingMethod', value)}
          options={(['highest', 'average', 'first', 'last'] as const).map((value) => ({
            value,
            label: t(`gradingMethod.${value}`),
          }))}
        />
      </Group>
      <Group title={t('form.seeing')}>
        <RadioGroup
          label={t('form.release')}
          value={props.values.release}
          onChange={(value) => props.set('release', value)}
          options={[
            { value: 'manual', label: t('form.release.manual'), hint: t('form.release.manualHint') },
            { value: 'automatic', label: t('form.release.automatic'), hint: t('form.release.automaticHint') },
          ]}
        />
        <p>{t('form.reviewLead')}</p>
        <ReviewOptionsTable
          value={props.values.reviewOptions}
          onChange={(phase, field, isShown) => props.set('reviewOptions', phase, field, isShown)}
        />
      </Group>
    </>
  )
}

const Group = (props: { title: string; children: JSX.Element }) => (
  <fieldset class="form-group">
    <legend>{props.title}</legend>
    {props.children}
  </fieldset>
)

type SwitchName = 'shuffleQuestions' | 'shuffleOptions' | 'pasteAllowed' | 'certainty' | 'negativeMarks'

const Switch = (props: FormProps & { name: SwitchName; isDisabled?: boolean }) => (
  <Checkbox
    label={t(`form.switch.${props.name}`)}
    hint={t(`form.switchHint.${props.name}`)}
    checked={props.values[props.name]}
    disabled={props.isDisabled ?? false}
    onChange={(event) => props.set(props.name, event.currentTarget.checked)}
  />
)

function Overdue(props: FormProps) {
  return (
    <>
      <RadioGroup
        label={t('form.overdue')}
        value={props.values.overduePolicy}
        onChange={(value) => props.set('overduePolicy', value)}
        options={(['auto-submit', 'grace-period', 'auto-abandon'] as const).map((value) => ({
          value,
          label: t(`overdue.${value}`),
          hint: t(`overdueHint.${value}`),
        }))}
      />
      <Show when={props.values.overduePolicy === 'grace-period'}>
        <TextField
          label={t('form.grace')}
          inputMode="decimal"
          autocomplete="off"
          value={props.values.graceMinutes}
          error={props.faults.has('grace') ? t('form.fault.grace') : null}
          onInput={(event) => props.set('graceMinutes', event.currentTarget.value)}
        />
      </Show>
    </>
  )
}

function Password(props: FormProps & { error: string | null }) {
  const choices = () => [
    { value: 'none' as const, label: t('form.password.none') },
    ...(props.hasPassword ? [{ value: 'keep' as const, label: t('form.password.keep') }] : []),
    { value: 'set' as const, label: t(props.hasPassword ? 'form.password.new' : 'form.password.set') },
  ]
  return (
    <>
      <RadioGroup
        label={t('form.password')}
        hint={t('form.passwordHint')}
        value={props.values.passwordChoice}
        onChange={(value) => props.set('passwordChoice', value)}
        options={choices()}
        isInline
      />
      <Show when={props.values.passwordChoice === 'set'}>
        <PasswordField
          label={t('form.password.text')}
          maxLength={200}
          autocomplete="off"
          error={props.error}
          value={props.values.password}
          onInput={(event) => props.set('password', event.currentTarget.value)}
        />
      </Show>
    </>
  )
}

/** What has to be mended, as links would be too far: in words at the end of the form, where the button is. */
export const FaultList = (props: { faults: ReadonlySet<FormFault> }) => (
  <ul class="changes">
    <For each={[...props.faults]}>{(fault) => <li>{t(`form.fault.${fault}`)}</li>}</For>
  </ul>
)
