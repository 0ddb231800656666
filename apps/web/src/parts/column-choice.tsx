import { For } from 'solid-js'
import type { ColumnChoice as Choice, ChosenColumn } from '../lib/column-choice'
import { t } from '../messages/lists'
import './column-choice.css'
import { Checkbox } from './field'

/** Boxes for the columns of a table, under a button. `groupLabels` names what stands for several columns. */
export function ColumnChoice<Column extends ChosenColumn>(props: {
  of: Choice<Column>
  groupLabels?: Readonly<Record<string, string>>
}) {
  return (
    <details class="column-choice">
      <summary class="button button-plain">{t('table.columns')}</summary>
      <fieldset class="column-list">
        <legend class="hidden-text">{t('table.columns')}</legend>
        <For each={props.of.names().map(({ name }) => name)}>
          {(name) => {
            const column = () => props.of.names().find((each) => each.name === name)
            return (
              <Checkbox
                label={props.groupLabels?.[name] ?? column()?.header ?? name}
                checked={column()?.isShown ?? true}
                onChange={(event) => props.of.show(name, event.currentTarget.checked)}
              />
            )
          }}
        </For>
      </fieldset>
    </details>
  )
}
