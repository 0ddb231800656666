import type { Gap, Question } from '@hourglass/questions/question'
import { createUniqueId, For, Match, Show, Switch } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import { Select, TextField } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { freeId, newGap } from './blank-question'
import { ChoiceFields } from './choice-fields'
import { DecimalField } from './decimal-field'
import { useFormFaults } from './form-context'
import { NumberFields } from './number-fields'
import { gapIdsIn } from './question-draft'
import { AcceptedTextFields } from './text-fields'

type GapFill = Extract<Question, { type: 'gap-fill' }>
const gapKinds = ['choice', 'short', 'numeric'] as const

/** The gaps of a text. A new one is put at the end of the text too, from where it is moved by cutting and pasting. */
export function GapFields(props: { of: GapFill }) {
  const hint = createUniqueId()
  const add = (kind: Gap['kind']) => {
    const taken = [...props.of.gaps, ...gapIdsIn(props.of.stem.text).map((id) => ({ id }))]
    const id = freeId('g', taken)
    props.of.gaps.push(newGap(kind, id))
    const { text } = props.of.stem
    props.of.stem.text = `${text}${text === '' || /\s$/.test(text) ? '' : ' '}[[${id}]]`
  }
  /** Gaps that stand in the text and have no rules yet. */
  const missing = () => gapIdsIn(props.of.stem.text).filter((id) => !props.of.gaps.some((gap) => gap.id === id))
  return (
    <fieldset class="stack" aria-describedby={hint}>
      <legend class="form-heading">{t('gap.title')}</legend>
      <p id={hint} class="field-hint">
        {t('gap.hint')}
      </p>
      <Show when={missing().length > 0}>
        <ul class="plain-list stack-tight">
          <For each={missing()}>
            {(id) => (
              <li class="row">
                <span>{t('gap.missing', { id })}</span>
                <For each={gapKinds}>
                  {(kind) => (
                    <Button size="small" onClick={() => props.of.gaps.push(newGap(kind, id))}>
                      {t(`gap.kind.${kind}`)}
                    </Button>
                  )}
                </For>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <EditableList
        label={t('gap.title')}
        items={props.of.gaps}
        nameOf={(index) => t('gap.name', { id: props.of.gaps[index]?.id ?? '' })}
      >
        {(gap, index) => <OneGap gap={gap} index={index()} of={props.of} />}
      </EditableList>
      <div class="row">
        <For each={gapKinds}>
          {(kind) => (
            <Button size="small" icon="plus" onClick={() => add(kind)}>
              {t(`gap.add.${kind}`)}
            </Button>
          )}
        </For>
      </div>
    </fieldset>
  )
}

function OneGap(props: { gap: Gap; index: number; of: GapFill }) {
  const faults = useFormFaults()
  const path = () => `gaps.${props.index}.`
  const of = <Kind extends Gap['kind']>(kind: Kind) =>
    props.gap.kind === kind ? (props.gap as Extract<Gap, { kind: Kind }>) : null // narrowed by `kind`
  const isInText = () => gapIdsIn(props.of.stem.text).includes(props.gap.id)
  const rename = (id: string) => {
    const { stem } = props.of
    stem.text = stem.text.replaceAll(`[[${props.gap.id}]]`, `[[${id}]]`)
    props.gap.id = id
  }
  return (
    <details class="gap" open>
      <summary class="gap-summary">
        <span class="gap-id">{`[[${props.gap.id}]]`}</span> <span class="soft">{t(`gap.kind.${props.gap.kind}`)}</span>
      </summary>
      <div class="stack">
        <Show when={!isInText()}>
          <p class="field-error">{t('gap.notInText', { id: props.gap.id })}</p>
        </Show>
        <div class="number-row">
          <TextField
            label={t('gap.id')}
            hint={t('gap.idHint')}
            maxLength={40}
            autocomplete="off"
            spellcheck={false}
            error={faults.at(`${path()}id`, props.gap.id)}
            value={props.gap.id}
            onChange={(event) => {
              const id = event.currentTarget.value.trim()
              if (/^[A-Za-z0-9_-]{1,40}$/.test(id)) rename(id)
              else event.currentTarget.value = props.gap.id
            }}
          />
          <Select
            label={t('gap.kind')}
            value={props.gap.kind}
            options={gapKinds.map((value) => ({ value, label: t(`gap.kind.${value}`) }))}
            onChange={(kind) => {
              const next = newGap(kind, props.gap.id)
              props.of.gaps[props.index] = { ...next, share: props.gap.share }
            }}
          />
          <DecimalField
            label={t('gap.share')}
            hint={t('gap.shareHint')}
            path={`${path()}share`}
            value={props.gap.share}
            onChange={(text) => {
              props.gap.share = text
            }}
          />
        </div>
        <Switch>
          <Match when={of('choice')}>{(gap) => <ChoiceFields of={gap()} path={path()} />}</Match>
          <Match when={of('short')}>{(gap) => <AcceptedTextFields of={gap()} path={path()} />}</Match>
          <Match when={of('numeric')}>{(gap) => <NumberFields of={gap()} path={path()} />}</Match>
        </Switch>
      </div>
    </details>
  )
}
