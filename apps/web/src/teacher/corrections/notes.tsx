import type { CorrectionNote } from '@hourglass/grading/model'
import { For } from 'solid-js'
import { t } from '../../messages/teaching'
import { Notice } from '../../parts/notice'

/** What was corrected after the exam, and why. */
export const CorrectionNotes = (props: { corrections: readonly CorrectionNote[] }) => (
  <Notice meaning="attention">
    <For each={props.corrections}>
      {({ mode, reason }) => (
        <p>
          <strong>{t(`correction.${mode}`)}.</strong> <bdi>{reason}</bdi>
        </p>
      )}
    </For>
  </Notice>
)
