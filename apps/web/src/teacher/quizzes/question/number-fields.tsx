import type { AcceptedNumber, Unit } from '@hourglass/questions/question'
import { createUniqueId, Match, Show, Switch } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { RadioGroup, Select, TextField } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { newAcceptedNumber } from './blank-question'
import { DecimalField } from './decimal-field'
import { useFormFaults } from './form-context'
import { FoldedText } from './rich-text-field'

type NumberRules = { accepted: AcceptedNumber[]; units: Unit[]; unitRule: 'none' | 'optional' | 'required' }
type MatchKind = AcceptedNumber['match']['kind']

const kinds = ['absolute', 'relative', 'range', 'any'] as const
const unitRules = ['none', 'optional', 'required'] as const

/** Accepted numbers with tolerance or range, and the units that may follow them. */
export function NumberFields(props: { of: NumberRules; path: string }) {
  const hint = createUniqueId()
  return (
    <>
      <fieldset class="stack" aria-describedby={hint}>
        <legend class="form-heading">{t('number.title')}</legend>
        <p id={hint} class="field-hint">
          {t('number.hint')}
        </p>
        <EditableList
          label={t('number.title')}
          items={props.of.accepted}
          nameOf={(index) => t('accepted.name', { number: index + 1 })}
          addLabel={t('accepted.add')}
          onAdd={() => props.of.accepted.push(newAcceptedNumber())}
        >
          {(accepted, index) => (
            <AcceptedNumberFields of={accepted} path={`${props.path}accepted.${index()}`} number={index() + 1} />
          )}
        </EditableList>
      </fieldset>
      <fieldset class="stack">
        <legend class="form-heading">{t('unit.title')}</legend>
        <RadioGroup
          label={t('unit.rule')}
          value={props.of.unitRule}
          options={unitRules.map((value) => ({ value, label: t(`unit.rule.${value}`) }))}
          onChange={(rule) => {
            props.of.unitRule = rule
          }}
        />
        <Show when={props.of.unitRule !== 'none' || props.of.units.length > 0}>
          <UnitFields units={props.of.units} path={props.path} />
        </Show>
      </fieldset>
    </>
  )
}

function AcceptedNumberFields(props: { of: AcceptedNumber; path: string; number: number }) {
  const name = () => t('accepted.name', { number: props.number })
  const choose = (kind: MatchKind) => {
    props.of.match = matchOf(kind, props.of.match)
  }
  const spread = () =>
    props.of.match.kind === 'absolute' || props.of.match.kind === 'relative' ? props.of.match : null
  const range = () => (props.of.match.kind === 'range' ? props.of.match : null)
  return (
    <fieldset class="stack-tight">
      <legend class="field-label">{name()}</legend>
      <div class="number-row">
        <Select
          label={t('number.kind')}
          value={props.of.match.kind}
          options={kinds.map((value) => ({ value, label: t(`number.kind.${value}`) }))}
          onChange={choose}
        />
        <Switch>
          <Match when={spread()}>
            {(match) => (
              <>
                <DecimalField
                  label={t('number.value')}
                  path={`${props.path}.value`}
                  value={match().value}
                  onChange={(text) => {
                    match().value = text
                  }}
                />
                <DecimalField
                  label={t(match().kind === 'absolute' ? 'number.tolerance' : 'number.toleranceRelative')}
                  path={`${props.path}.tolerance`}
                  value={match().tolerance}
                  onChange={(text) => {
                    match().tolerance = text
                  }}
                />
              </>
            )}
          </Match>
          <Match when={range()}>
            {(match) => (
              <>
                <DecimalField
                  label={t('number.min')}
                  path={`${props.path}.min`}
                  value={match().min}
                  onChange={(text) => {
                    match().min = text
                  }}
                />
                <DecimalField
                  label={t('number.max')}
                  path={`${props.path}.max`}
                  value={match().max}
                  onChange={(text) => {
                    match().max = text
                  }}
                />
              </>
            )}
          </Match>
        </Switch>
        <DecimalField
          label={t('weight')}
          path={`${props.path}.weight`}
          value={props.of.weight}
          onChange={(text) => {
            props.of.weight = text
          }}
        />
      </div>
      <FoldedText label={t('feedbackFor', { name: name() })} value={props.of.feedback} />
    </fieldset>
  )
}

/** Keeps the number that was written, whatever becomes of what surrounds it. */
function matchOf(kind: MatchKind, before: AcceptedNumber['match']): AcceptedNumber['match'] {
  const value = 'value' in before ? before.value : 'min' in before ? before.min : ''
  switch (kind) {
    case 'any':
      return { kind }
    case 'range':
      return { kind, min: value, max: 'max' in before ? before.max : '' }
    case 'absolute':
    case 'relative':
      return { kind, value, tolerance: 'tolerance' in before ? before.tolerance : '0' }
  }
}

function UnitFields(props: { units: Unit[]; path: string }) {
  const faults = useFormFaults()
  return (
    <EditableList
      label={t('unit.title')}
      items={props.units}
      nameOf={(index) => t('unit.name', { number: index + 1 })}
      addLabel={t('unit.add')}
      onAdd={() => props.units.push({ name: '', multiplier: '1' })}
    >
      {(unit, index) => (
        <div class="answer-row">
          <TextField
            label={t('unit.name', { number: index() + 1 })}
            maxLength={40}
            autocomplete="off"
            spellcheck={false}
            error={faults.at(`${props.path}units.${index()}.name`, unit.name)}
            value={unit.name}
            onInput={(event) => {
              unit.name = event.currentTarget.value
            }}
          />
          <DecimalField
            label={t('unit.multiplier')}
            hint={t('unit.multiplierHint')}
            path={`${props.path}units.${index()}.multiplier`}
            value={unit.multiplier}
            onChange={(text) => {
              unit.multiplier = text
            }}
          />
        </div>
      )}
    </EditableList>
  )
}
