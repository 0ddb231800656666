import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { fold } from '../lib/fold'
import { t } from '../messages/lists'
import { Button } from './button'
import { Icon } from './icon'
import './table.css'
import { type Column, HeaderCell, type Sorting, sortByColumn } from './table-column'

export type { Column, Sorting }

/**
 * A table that sorts, filters and keeps its header in sight; 1,000 rows are fine. Sorting is the table's own unless `sorting`
 * and `onSort` are given (then keep it in the URL).
 */
export function Table<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Text that the filter looks into; without it there is no filter. */
  filterText?: (row: Row) => string
  sorting?: Sorting | null
  onSort?: (sorting: Sorting) => void
  /** Shown instead of the table when there are no rows at all. */
  empty?: JSX.Element
  toolbar?: JSX.Element
  isCaptionHidden?: boolean
}) {
  const filterId = createUniqueId()
  const [ownSorting, setOwnSorting] = createSignal<Sorting | null>(null)
  const [filter, setFilter] = createSignal('')
  const sorting = () => (props.onSort ? (props.sorting ?? null) : (ownSorting() ?? props.sorting ?? null))
  const sort = (next: Sorting) => {
    if (props.onSort) props.onSort(next)
    else setOwnSorting(next)
  }
  const filtered = createMemo(() => {
    const words = fold(filter()).split(/\s+/).filter(Boolean)
    const textOf = props.filterText
    if (!textOf || words.length === 0) return props.rows
    return props.rows.filter((row) => {
      const text = fold(textOf(row))
      return words.every((word) => text.includes(word))
    })
  })
  const shown = createMemo(() => sortByColumn(filtered(), props.columns, sorting()))
  return (
    <div class="table-frame">
      <Show when={props.filterText || props.toolbar}>
        <div class="table-tools">
          <Show when={props.filterText}>
            <div class="table-filter">
              <label class="hidden-text" for={filterId}>
                {t('table.filter')}
              </label>
              <Icon name="search" />
              <input
                id={filterId}
                type="search"
                class="input"
                placeholder={t('table.filter')}
                value={filter()}
                onInput={(event) => setFilter(event.currentTarget.value)}
              />
            </div>
          </Show>
          {props.toolbar}
          <span class="soft figures" role="status">
            {shown().length === props.rows.length
              ? t('table.count', { count: props.rows.length })
              : t('table.countOf', { shown: shown().length, total: props.rows.length })}
          </span>
        </div>
      </Show>
      <Show when={props.rows.length > 0 || props.empty === undefined} fallback={props.empty}>
        {/* A region that scrolls must be reachable by keyboard. */}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable region */}
        <section class="table-scroll" tabIndex={0} aria-label={props.caption}>
          <table class="table">
            <caption classList={{ 'hidden-text': props.isCaptionHidden ?? true }}>{props.caption}</caption>
            <thead>
              <tr>
                <For each={props.columns}>
                  {(column) => <HeaderCell column={column} sorting={sorting()} onSort={sort} />}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={shown()}>
                {(row) => (
                  <tr>
                    <For each={props.columns}>
                      {(column) => (
                        <Show
                          when={column.isRowHeader}
                          fallback={
                            <td classList={{ 'table-number': column.isNumeric ?? false }}>{column.cell(row)}</td>
                          }
                        >
                          <th scope="row">{column.cell(row)}</th>
                        </Show>
                      )}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
        <Show when={shown().length === 0 && filter() !== ''}>
          <div class="row">
            <span>{t('table.noMatch', { text: filter() })}</span>
            <Button size="small" onClick={() => setFilter('')}>
              {t('table.clearFilter')}
            </Button>
          </div>
        </Show>
      </Show>
    </div>
  )
}
