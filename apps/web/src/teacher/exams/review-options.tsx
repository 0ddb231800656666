import { For, Show } from 'solid-js'
import { t } from '../../messages/teaching'
import { Icon } from '../../parts/icon'
import '../../parts/table.css'
import type { ReviewOptions } from './form-values'

const phases = ['during', 'justAfter', 'whileOpen', 'afterClose'] as const
const fields = ['response', 'correctness', 'marks', 'feedback', 'rightAnswer'] as const
export type ReviewPhase = (typeof phases)[number]
export type ReviewField = (typeof fields)[number]

/** What a student may see of a result, by phase; every cell is a checkbox that says both. */
export function ReviewOptionsTable(props: {
  value: ReviewOptions
  onChange?: (phase: ReviewPhase, field: ReviewField, isShown: boolean) => void
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="table-scroll" tabIndex={0} aria-label={t('review.caption')}>
      <table class="table review-table">
        <caption class="hidden-text">{t('review.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('review.phase')}</th>
            <For each={fields}>{(field) => <th scope="col">{t(`review.field.${field}`)}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={phases}>
            {(phase) => (
              <tr>
                <th scope="row">
                  {t(`review.phase.${phase}`)}
                  <span class="field-hint small">{t(`review.phaseHint.${phase}`)}</span>
                </th>
                <For each={fields}>
                  {(field) => (
                    <td>
                      <Show when={props.onChange} fallback={<ShownMark isShown={props.value[phase][field]} />}>
                        <label class="review-cell">
                          <input
                            type="checkbox"
                            class="choice-mark"
                            aria-label={t('review.cell', {
                              field: t(`review.field.${field}`),
                              phase: t(`review.phase.${phase}`),
                            })}
                            checked={props.value[phase][field]}
                            onChange={(event) => props.onChange?.(phase, field, event.currentTarget.checked)}
                          />
                        </label>
                      </Show>
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}

function ShownMark(props: { isShown: boolean }) {
  return (
    <span class="review-cell review-mark" classList={{ soft: !props.isShown }}>
      <Show when={props.isShown} fallback={<span aria-hidden="true">–</span>}>
        <Icon name="check" />
      </Show>
      <span class="hidden-text">{t(props.isShown ? 'review.shown' : 'review.hidden')}</span>
    </span>
  )
}

/** Whether anything at all is shown in some phase, so that a release has something to let out. */
export const showsAnything = (options: ReviewOptions): boolean =>
  phases.some((phase) => fields.some((field) => options[phase][field]))
