import type { Choice } from '@hourglass/questions/question'
import { createUniqueId, Show } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Checkbox } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { freeId, newChoice } from './blank-question'
import { DecimalField } from './decimal-field'
import { FoldedText, RichTextField } from './rich-text-field'

/** The options of a choice: text, weight, feedback. `of` is a part of the form's draft. */
export function ChoiceFields(props: {
  of: { choices: Choice[]; shuffle: boolean }
  path: string
  isMultiple?: boolean
}) {
  const hint = createUniqueId()
  const add = () => props.of.choices.push(newChoice(freeId('c', props.of.choices)))
  return (
    <fieldset class="stack" aria-describedby={hint}>
      <legend class="form-heading">{t('choice.options')}</legend>
      <p id={hint} class="field-hint">
        {t(props.isMultiple ? 'choice.hintMultiple' : 'choice.hintSingle')}
      </p>
      <EditableList
        label={t('choice.options')}
        items={props.of.choices}
        nameOf={(index) => t('choice.name', { number: index + 1 })}
        addLabel={t('choice.add')}
        onAdd={add}
      >
        {(choice, index) => (
          <>
            <div class="answer-row">
              <RichTextField label={t('choice.name', { number: index() + 1 })} value={choice.text} rows={1} />
              <DecimalField
                label={t('weight')}
                path={`${props.path}choices.${index()}.weight`}
                value={choice.weight}
                onChange={(text) => {
                  choice.weight = text
                }}
              />
            </div>
            <FoldedText
              label={t('feedbackFor', { name: t('choice.name', { number: index() + 1 }) })}
              value={choice.feedback}
            />
          </>
        )}
      </EditableList>
      <Show when={!props.isMultiple}>
        <RightOne choices={props.of.choices} />
      </Show>
      <Checkbox
        label={t('choice.shuffle')}
        hint={t('choice.shuffleHint')}
        checked={props.of.shuffle}
        onChange={(event) => {
          props.of.shuffle = event.currentTarget.checked
        }}
      />
    </fieldset>
  )
}

/** Says which options are right, by the weights that were written. */
function RightOne(props: { choices: readonly Choice[] }) {
  const right = () =>
    props.choices.flatMap(({ weight }, index) => (/^100(\.0+)?$/.test(weight) ? [String(index + 1)] : []))
  return (
    <p class="soft" role="status">
      {right().length === 0 ? t('choice.noneRight') : t('choice.right', { numbers: right().join(', ') })}
    </p>
  )
}
