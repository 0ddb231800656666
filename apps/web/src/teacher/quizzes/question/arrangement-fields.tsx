import type { Question } from '@hourglass/questions/question'
import { createUniqueId, For, Index } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Button, IconButton } from '../../../parts/button'
import { Checkbox, RadioGroup, TextField } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { blankText, newPair } from './blank-question'
import { useFormFaults } from './form-context'
import { RichTextField } from './rich-text-field'

type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>

/** Pairs, and wrong matches that belong to none. */
export function MatchingFields(props: { of: QuestionOf<'matching'> }) {
  const faults = useFormFaults()
  return (
    <>
      <fieldset class="stack">
        <legend class="form-heading">{t('matching.title')}</legend>
        <EditableList
          label={t('matching.title')}
          items={props.of.pairs}
          nameOf={(index) => t('matching.pair', { number: index + 1 })}
          addLabel={t('matching.add')}
          onAdd={() => props.of.pairs.push(newPair())}
        >
          {(pair, index) => (
            <div class="pair-row">
              <RichTextField label={t('matching.prompt', { number: index() + 1 })} value={pair.prompt} rows={1} />
              <TextField
                label={t('matching.match', { number: index() + 1 })}
                dir="auto"
                maxLength={2_000}
                autocomplete="off"
                error={faults.at(`pairs.${index()}.match`, pair.match)}
                value={pair.match}
                onInput={(event) => {
                  pair.match = event.currentTarget.value
                }}
              />
            </div>
          )}
        </EditableList>
      </fieldset>
      <fieldset class="stack">
        <legend class="form-heading">{t('distractor.title')}</legend>
        <p class="field-hint">{t('distractor.hint')}</p>
        <ul class="plain-list stack-tight">
          <Index each={props.of.distractors}>
            {(distractor, index) => (
              <li class="line-row">
                <TextField
                  label={t('distractor.name', { number: index + 1 })}
                  isLabelHidden
                  dir="auto"
                  maxLength={2_000}
                  autocomplete="off"
                  value={distractor()}
                  onInput={(event) => {
                    props.of.distractors[index] = event.currentTarget.value
                  }}
                />
                <IconButton
                  icon="close"
                  label={t('list.remove', { name: t('distractor.name', { number: index + 1 }) })}
                  onClick={() => props.of.distractors.splice(index, 1)}
                />
              </li>
            )}
          </Index>
        </ul>
        <div>
          <Button size="small" icon="plus" onClick={() => props.of.distractors.push('')}>
            {t('distractor.add')}
          </Button>
        </div>
        <Checkbox
          label={t('matching.shuffle')}
          checked={props.of.shuffle}
          onChange={(event) => {
            props.of.shuffle = event.currentTarget.checked
          }}
        />
      </fieldset>
    </>
  )
}

const credits = ['pairs', 'position', 'exact'] as const

/** Items in the right order, and what a partly right order earns. */
export function OrderingFields(props: { of: QuestionOf<'ordering'> }) {
  const hint = createUniqueId()
  return (
    <>
      <fieldset class="stack" aria-describedby={hint}>
        <legend class="form-heading">{t('ordering.title')}</legend>
        <p id={hint} class="field-hint">
          {t('ordering.hint')}
        </p>
        <EditableList
          label={t('ordering.title')}
          items={props.of.items}
          nameOf={(index) => t('ordering.item', { number: index + 1 })}
          addLabel={t('ordering.add')}
          onAdd={() => props.of.items.push(blankText())}
        >
          {(item, index) => <RichTextField label={t('ordering.item', { number: index() + 1 })} value={item} rows={1} />}
        </EditableList>
      </fieldset>
      <RadioGroup
        label={t('ordering.credit')}
        value={props.of.credit}
        options={credits.map((value) => ({
          value,
          label: t(`ordering.credit.${value}`),
          hint: t(`ordering.creditHint.${value}`),
        }))}
        onChange={(credit) => {
          props.of.credit = credit
        }}
      />
    </>
  )
}

/** Right or wrong, and what each answer is told. */
export function TrueFalseFields(props: { of: QuestionOf<'true-false'> }) {
  return (
    <fieldset class="stack">
      <legend class="form-heading">{t('truth.title')}</legend>
      <RadioGroup
        label={t('truth.answer')}
        isInline
        value={props.of.answer ? 'true' : 'false'}
        options={[
          { value: 'true', label: t('truth.true') },
          { value: 'false', label: t('truth.false') },
        ]}
        onChange={(value) => {
          props.of.answer = value === 'true'
        }}
      />
      <For each={[true, false]}>
        {(value) => (
          <RichTextField
            label={t(value ? 'truth.feedbackTrue' : 'truth.feedbackFalse')}
            isOptional
            rows={1}
            value={value ? props.of.feedbackTrue : props.of.feedbackFalse}
          />
        )}
      </For>
    </fieldset>
  )
}
