import { type JSX, Show } from 'solid-js'
import { t } from '../../../messages/quizzes'
import { Button } from '../../../parts/button'
import type { QuestionForm } from './question-form-state'

/** The end of a form, always in sight: save, and whether what is written is stored. */
export function SaveBar(props: { form: QuestionForm; isBusy: boolean; label: string; children?: JSX.Element }) {
  return (
    <div class="save-bar">
      <Button type="submit" variant="primary" busy={props.isBusy}>
        {props.label}
      </Button>
      {props.children}
      <span class="soft" role="status">
        <Show when={props.form.isDirty()} fallback={t('save.nothing')}>
          {props.form.faultCount() > 0 ? t('save.faults', { count: props.form.faultCount() }) : t('save.unsaved')}
        </Show>
      </span>
    </div>
  )
}
