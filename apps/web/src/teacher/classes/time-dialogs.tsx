import type { Accommodation } from '@hourglass/students/model'
import { createMemo, createSignal, Show } from 'solid-js'
import { api } from '../../lib/api'
import { t } from '../../messages/classes'
import { Button } from '../../parts/button'
import { RadioGroup, Select, TextArea, TextField } from '../../parts/field'
import { FormDialog } from '../../parts/form-dialog'
import { ErrorNotice } from '../../parts/notice'
import { Skeleton } from '../../parts/skeleton'
import { Told } from '../../parts/told'
import { minutesOfHour } from './accommodated-time'
import { createMemberList } from './members'

type Change = Pick<Accommodation, 'timeFactor' | 'extraMinutes' | 'note'>
type Props = { onClose: () => void; onStored: (told: string) => Promise<void> }

const factors = ['1', '1.25', '1.5', '2', 'unlimited'] as const
const maxExtraMinutes = 1_440

export function SetTime(props: Props & { of: Accommodation; onRemove: () => void }) {
  const form = createTimeForm(props.of)
  const store = async () => {
    await api.put(`/api/accommodations/${props.of.personId}`, form.read())
    await props.onStored(t('time.stored', { name: props.of.name }))
  }
  return (
    <FormDialog
      title={t('time.setTitle', { name: props.of.name })}
      submitLabel={t('time.submit')}
      onSubmit={store}
      onClose={props.onClose}
    >
      <TimeFields form={form} />
      <div>
        <Button size="small" variant="danger" onClick={() => props.onRemove()}>
          {t('time.removeAction')}
        </Button>
      </div>
    </FormDialog>
  )
}

export function GiveTime(props: Props & { classId: string; having: readonly Accommodation[] }) {
  const list = createMemberList(() => props.classId)
  const form = createTimeForm({ timeFactor: '1.5', extraMinutes: 0, note: '' })
  const [personId, setPersonId] = createSignal<string | null>(null)
  const students = createMemo(() =>
    list.state.items.filter(
      ({ id, role, person }) =>
        role === 'student' && person.role === 'student' && !props.having.some(({ personId }) => personId === id),
    ),
  )
  const store = async () => {
    const student = students().find(({ id }) => id === personId())
    if (!student) return
    await api.put(`/api/accommodations/${student.id}`, form.read())
    await props.onStored(t('time.stored', { name: student.person.name }))
  }
  return (
    <FormDialog title={t('time.giveTitle')} submitLabel={t('time.submit')} onSubmit={store} onClose={props.onClose}>
      <Show
        when={list.state.isLoaded}
        fallback={
          <Show when={list.state.error} fallback={<Skeleton lines={2} />}>
            {(error) => <ErrorNotice error={error()} onRetry={() => void list.reload()} />}
          </Show>
        }
      >
        <Select
          label={t('time.student')}
          placeholder={t('time.choose')}
          required
          value={personId()}
          onChange={setPersonId}
          options={students().map(({ id, person }) => ({ value: id, label: `${person.name} (${person.email})` }))}
        />
      </Show>
      <TimeFields form={form} />
    </FormDialog>
  )
}

export function RemoveTime(props: Props & { of: Accommodation }) {
  const remove = async () => {
    await api.delete(`/api/accommodations/${props.of.personId}`)
    await props.onStored(t('time.removed', { name: props.of.name }))
  }
  return (
    <FormDialog
      title={t('time.removeTitle', { name: props.of.name })}
      submitLabel={t('time.removeSubmit')}
      isDangerous
      onSubmit={remove}
      onClose={props.onClose}
    >
      <p>{t('time.removeEffect', { name: props.of.name })}</p>
    </FormDialog>
  )
}

type TimeForm = ReturnType<typeof createTimeForm>

function createTimeForm(before: Change) {
  const [factor, setFactor] = createSignal(before.timeFactor)
  const [extra, setExtra] = createSignal(String(before.extraMinutes))
  const [note, setNote] = createSignal(before.note)
  const extraMinutes = () => (factor() === 'unlimited' ? 0 : Number(extra() || '0'))
  const read = (): Change => ({ timeFactor: factor(), extraMinutes: extraMinutes(), note: note() })
  return { factor, setFactor, extra, setExtra, note, setNote, read }
}

function TimeFields(props: { form: TimeForm }) {
  const form = props.form
  const effect = () => {
    const minutes = minutesOfHour(form.read())
    if (minutes === null) return t('time.effectUnlimited')
    return minutes === 60 ? t('time.effectSame') : t('time.effect', { minutes, later: minutes - 60 })
  }
  return (
    <>
      <RadioGroup
        label={t('time.factorLabel')}
        isInline
        value={form.factor()}
        onChange={form.setFactor}
        options={factors.map((factor) => ({ value: factor, label: t(`factor.${factor}`) }))}
      />
      <Show when={form.factor() !== 'unlimited'}>
        <TextField
          label={t('time.extraLabel')}
          hint={t('time.extraHint')}
          type="number"
          inputmode="numeric"
          min={0}
          max={maxExtraMinutes}
          step={1}
          value={form.extra()}
          onInput={(event) => form.setExtra(event.currentTarget.value)}
        />
      </Show>
      <TextArea
        label={t('time.noteLabel')}
        hint={t('time.noteHint')}
        isOptional
        rows={2}
        maxLength={2_000}
        value={form.note()}
        onInput={(event) => form.setNote(event.currentTarget.value)}
      />
      <Told meaning="attention" text={effect()} />
    </>
  )
}
