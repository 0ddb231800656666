import type { Question } from '@hourglass/questions/question'
import { Match, Show, Switch } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { TextArea, TextField } from '../../../parts/field'
import { MatchingFields, OrderingFields, TrueFalseFields } from './arrangement-fields'
import { ChoiceFields } from './choice-fields'
import { DecimalField } from './decimal-field'
import { GapFields } from './gap-fields'
import { NumberFields } from './number-fields'
import './question-form.css'
import { FoldedText, RichTextField } from './rich-text-field'
import { TagField } from './tag-field'
import { AcceptedTextFields } from './text-fields'

/** The fields of a question, whatever its type. `of` is a form's draft: what is typed is written into it. */
export function QuestionFields(props: { of: Question }) {
  return (
    <div class="stack-wide question-fields">
      <div class="stack">
        <TextField
          label={t('question.title')}
          hint={t('question.titleHint')}
          maxLength={400}
          dir="auto"
          value={props.of.title}
          onInput={(event) => {
            props.of.title = event.currentTarget.value
          }}
        />
        <RichTextField
          label={t('question.stem')}
          hint={props.of.type === 'gap-fill' ? t('question.stemGaps') : undefined}
          value={props.of.stem}
          rows={4}
        />
      </div>
      <AnswerFields of={props.of} />
      <div class="stack">
        <Show when={props.of.type !== 'description'}>
          <DecimalField
            label={t('question.marks')}
            hint={t('question.marksHint')}
            path="maxMarks"
            value={props.of.maxMarks}
            onChange={(text) => {
              props.of.maxMarks = text
            }}
          />
        </Show>
        <TagField
          tags={props.of.tags}
          onChange={(tags) => {
            props.of.tags = tags
          }}
        />
        <FoldedText
          label={t('question.explanation')}
          hint={t('question.explanationHint')}
          value={props.of.explanation}
        />
      </div>
    </div>
  )
}

function AnswerFields(props: { of: Question }) {
  const of = <Type extends Question['type']>(...types: Type[]) =>
    types.some((type) => type === props.of.type) ? (props.of as Extract<Question, { type: Type }>) : null // narrowed by `type`
  return (
    <Switch>
      <Match when={of('single-choice', 'multiple-choice')}>
        {(question) => <ChoiceFields of={question()} path="" isMultiple={question().type === 'multiple-choice'} />}
      </Match>
      <Match when={of('true-false')}>{(question) => <TrueFalseFields of={question()} />}</Match>
      <Match when={of('short-answer')}>{(question) => <AcceptedTextFields of={question()} path="" />}</Match>
      <Match when={of('numeric')}>{(question) => <NumberFields of={question()} path="" />}</Match>
      <Match when={of('matching')}>{(question) => <MatchingFields of={question()} />}</Match>
      <Match when={of('ordering')}>{(question) => <OrderingFields of={question()} />}</Match>
      <Match when={of('gap-fill')}>{(question) => <GapFields of={question()} />}</Match>
      <Match when={of('essay')}>{(question) => <EssayFields of={question()} />}</Match>
    </Switch>
  )
}

function EssayFields(props: { of: Extract<Question, { type: 'essay' }> }) {
  return (
    <fieldset class="stack">
      <legend class="form-heading">{t('essay.title')}</legend>
      <TextField
        label={t('essay.words')}
        hint={t('essay.wordsHint')}
        isOptional
        class="decimal-field"
        inputMode="numeric"
        maxLength={6}
        value={props.of.maxWords === null ? '' : String(props.of.maxWords)}
        onInput={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '')
          const words = digits === '' ? 0 : Number(digits)
          props.of.maxWords = words >= 1 && words <= 100_000 ? words : null
        }}
      />
      <TextArea
        label={t('essay.template')}
        hint={t('essay.templateHint')}
        isOptional
        dir="auto"
        rows={3}
        maxLength={20_000}
        value={props.of.template}
        onInput={(event) => {
          props.of.template = event.currentTarget.value
        }}
      />
      <RichTextField
        label={t('essay.notes')}
        hint={t('essay.notesHint')}
        isOptional
        value={props.of.markingNotes}
        rows={3}
      />
    </fieldset>
  )
}
