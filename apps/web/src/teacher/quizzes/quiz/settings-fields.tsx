import type { QuizSettings } from '@hourglass/quizzes/model'
import { For } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Checkbox, RadioGroup, Select, TextField } from '../../../parts/field'
import { ReviewOptionsTable } from '../../exams/review-options'

const flags = ['shuffleQuestions', 'shuffleOptions', 'certainty', 'negativeMarks'] as const
const methods = ['highest', 'average', 'first', 'last'] as const

/** What an exam of this quiz starts from; each exam may set its own. */
export function SettingsFields(props: { of: QuizSettings }) {
  return (
    <div class="stack settings-fields">
      <p class="soft measure">{t('settings.hint')}</p>
      <div class="grid">
        <TextField
          label={t('settings.limit')}
          hint={t('settings.limitHint')}
          inputMode="numeric"
          maxLength={6}
          autocomplete="off"
          value={props.of.limitSeconds === null ? '' : minutesOf(props.of.limitSeconds)}
          onChange={(event) => {
            props.of.limitSeconds = secondsOf(event.currentTarget.value)
            event.currentTarget.value = props.of.limitSeconds === null ? '' : minutesOf(props.of.limitSeconds)
          }}
        />
        <TextField
          label={t('settings.attempts')}
          hint={t('settings.attemptsHint')}
          inputMode="numeric"
          maxLength={4}
          autocomplete="off"
          value={props.of.attemptsAllowed === null ? '' : String(props.of.attemptsAllowed)}
          onChange={(event) => {
            const count = Number(event.currentTarget.value.replace(/\D/g, ''))
            props.of.attemptsAllowed = count >= 1 ? Math.min(1_000, count) : null
            event.currentTarget.value = props.of.attemptsAllowed === null ? '' : String(props.of.attemptsAllowed)
          }}
        />
        <Select
          label={t('settings.method')}
          value={props.of.gradingMethod}
          options={methods.map((value) => ({ value, label: t(`settings.method.${value}`) }))}
          onChange={(method) => {
            props.of.gradingMethod = method
          }}
        />
      </div>
      <RadioGroup
        label={t('settings.layout')}
        isInline
        value={props.of.layout}
        options={[
          { value: 'one', label: t('settings.layout.one') },
          { value: 'all', label: t('settings.layout.all') },
        ]}
        onChange={(layout) => {
          props.of.layout = layout
        }}
      />
      <div>
        <For each={flags}>
          {(flag) => (
            <Checkbox
              label={t(`settings.${flag}`)}
              hint={t(`settings.${flag}Hint`)}
              checked={props.of[flag]}
              onChange={(event) => {
                props.of[flag] = event.currentTarget.checked
              }}
            />
          )}
        </For>
      </div>
      <h3 class="form-heading">{t('settings.review')}</h3>
      <ReviewOptionsTable
        value={props.of.reviewOptions}
        onChange={(phase, field, isShown) => {
          props.of.reviewOptions[phase][field] = isShown
        }}
      />
    </div>
  )
}

/** Whole minutes, or minutes and seconds as "2:30". */
const minutesOf = (seconds: number): string =>
  seconds % 60 === 0 ? String(seconds / 60) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

function secondsOf(text: string): number | null {
  const match = /^(\d{1,6})(?::([0-5]\d))?$/.exec(text.trim())
  if (!match) return null
  const seconds = Number(match[1]) * 60 + Number(match[2] ?? 0)
  return seconds < 10 ? null : Math.min(seconds, 31_536_000)
}
