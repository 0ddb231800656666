import type { AcceptedText } from '@hourglass/questions/question'
import { createUniqueId } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Checkbox, TextField } from '../../../parts/field'
import { EditableList } from '../editable-list'
import { newAcceptedText } from './blank-question'
import { DecimalField } from './decimal-field'
import { FoldedText } from './rich-text-field'

/** Accepted words: patterns, weights, feedback, and whether capitals matter. */
export function AcceptedTextFields(props: { of: { accepted: AcceptedText[]; caseSensitive: boolean }; path: string }) {
  const hint = createUniqueId()
  return (
    <fieldset class="stack" aria-describedby={hint}>
      <legend class="form-heading">{t('accepted.title')}</legend>
      <p id={hint} class="field-hint">
        {t('accepted.hint')}
      </p>
      <EditableList
        label={t('accepted.title')}
        items={props.of.accepted}
        nameOf={(index) => t('accepted.name', { number: index + 1 })}
        addLabel={t('accepted.add')}
        onAdd={() => props.of.accepted.push(newAcceptedText())}
      >
        {(accepted, index) => (
          <>
            <div class="answer-row">
              <TextField
                label={t('accepted.name', { number: index() + 1 })}
                dir="auto"
                maxLength={2_000}
                autocomplete="off"
                spellcheck={false}
                value={accepted.pattern}
                onInput={(event) => {
                  accepted.pattern = event.currentTarget.value
                }}
              />
              <DecimalField
                label={t('weight')}
                path={`${props.path}accepted.${index()}.weight`}
                value={accepted.weight}
                onChange={(text) => {
                  accepted.weight = text
                }}
              />
            </div>
            <FoldedText
              label={t('feedbackFor', { name: t('accepted.name', { number: index() + 1 }) })}
              value={accepted.feedback}
            />
          </>
        )}
      </EditableList>
      <Checkbox
        label={t('accepted.case')}
        hint={t('accepted.caseHint')}
        checked={props.of.caseSensitive}
        onChange={(event) => {
          props.of.caseSensitive = event.currentTarget.checked
        }}
      />
    </fieldset>
  )
}
