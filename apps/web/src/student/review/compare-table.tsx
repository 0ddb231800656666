import { For, type JSX, Show } from 'solid-js'
import { t } from '../../messages/student'
import { Icon } from '../../parts/icon'

export type Comparison = {
  /** What the first column names. */
  head: string
  hasGiven: boolean
  rows: readonly {
    name: JSX.Element
    given: JSX.Element
    right: JSX.Element
    /** `null` when only the marking can tell. */
    isSame: boolean | null
  }[]
}

/** Answers in several places: one row for each, with the right one beside it. */
export function CompareTable(props: Comparison & { hasRight: boolean }) {
  return (
    <div class="review-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{props.head}</th>
            <Show when={props.hasGiven}>
              <th scope="col">{t('review.yourAnswer')}</th>
            </Show>
            <Show when={props.hasRight}>
              <th scope="col">{t('review.rightAnswer')}</th>
            </Show>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">{row.name}</th>
                <Show when={props.hasGiven}>
                  <td>
                    <Show when={props.hasRight && row.isSame !== null}>
                      <Icon name={row.isSame ? 'check' : 'close'} class={row.isSame ? 'review-same' : 'review-other'} />
                      <span class="hidden-text">{t(row.isSame ? 'review.same' : 'review.other')} </span>
                    </Show>
                    {row.given}
                  </td>
                </Show>
                <Show when={props.hasRight}>
                  <td>{row.right}</td>
                </Show>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}
