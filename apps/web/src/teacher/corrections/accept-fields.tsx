import type { CorrectableQuestion } from '@hourglass/grading/model'
import { Show } from 'solid-js'
import { t } from '../../messages/teaching'
import { RadioGroup, Select, TextField } from '../../parts/field'
import { Html } from '../../parts/html'
import { acceptedKind, type Draft, type Faults } from './draft'

/** The answer to accept: an option, a text or a number, in the gap that it belongs to. */
export function AcceptFields(props: {
  question: CorrectableQuestion
  draft: Draft
  faults: Faults
  onChange: (next: Partial<Draft>) => void
}) {
  const gaps = () => props.question.gaps ?? []
  const kind = () => acceptedKind(props.question, props.draft.gapId)
  const choices = () =>
    (props.question.gaps ? gaps().find(({ id }) => id === props.draft.gapId)?.choices : props.question.choices) ?? []
  const fault = (name: keyof Faults) => {
    const kindOfFault = props.faults[name]
    return kindOfFault ? t(`correct.${kindOfFault}`) : null
  }
  const isPlaced = () => props.question.type !== 'gap-fill' || props.draft.gapId !== null
  return (
    <div class="correction-fields">
      <Show when={props.question.type === 'gap-fill'}>
        <Select
          label={t('correct.gap')}
          placeholder={t('correct.choose')}
          value={props.draft.gapId}
          error={fault('gapId')}
          options={gaps().map(({ id }, index) => ({ value: id, label: t('correct.gapNumber', { number: index + 1 }) }))}
          onChange={(gapId) => props.onChange({ gapId, choiceId: null })}
        />
      </Show>
      <Show when={isPlaced()}>
        <Show when={kind() === 'choice'}>
          <RadioGroup
            label={t('correct.choice')}
            value={props.draft.choiceId}
            error={fault('choiceId')}
            options={choices().map(({ id, html }) => ({ value: id, label: <Html html={html} isInline /> }))}
            onChange={(choiceId) => props.onChange({ choiceId })}
          />
        </Show>
        <Show when={kind() === 'text'}>
          <TextField
            label={t('correct.pattern')}
            hint={t('correct.patternHint')}
            dir="auto"
            value={props.draft.pattern}
            error={fault('pattern')}
            onInput={(event) => props.onChange({ pattern: event.currentTarget.value })}
          />
        </Show>
        <Show when={kind() === 'number'}>
          <TextField
            label={t('correct.number')}
            inputMode="decimal"
            value={props.draft.value}
            error={fault('value')}
            onInput={(event) => props.onChange({ value: event.currentTarget.value })}
          />
          <TextField
            label={t('correct.tolerance')}
            inputMode="decimal"
            value={props.draft.tolerance}
            error={fault('tolerance')}
            onInput={(event) => props.onChange({ tolerance: event.currentTarget.value })}
          />
        </Show>
        <TextField
          label={t('correct.weight')}
          inputMode="decimal"
          value={props.draft.weight}
          error={fault('weight')}
          onInput={(event) => props.onChange({ weight: event.currentTarget.value })}
        />
      </Show>
    </div>
  )
}
