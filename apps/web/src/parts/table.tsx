import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { t } from '../messages/lists'
import { Button } from './button'
import { Icon } from './icon'
import './table.css'

export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => JSX.Element
  /** Makes the column sortable. */
  sortBy?: (row: Row) => string | number
  /** Numbers stand at the end, in tabular figures. */
  isNumeric?: boolean
  /** The cell that names its row. */
  isRowHeader?: boolean
}
export type Sorting = { column: string; isDescending: boolean }

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
  const sort = (column: string) => {
    const current = sorting()
    const next = { column, isDescending: current?.column === column && !current.isDescending }
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
  const shown = createMemo(() => sortRows(filtered(), props.columns, sorting()))
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
                  {(column) => <HeaderCell column={column} sorting={sorting()} onSort={() => sort(column.id)} />}
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

function HeaderCell<Row>(props: { column: Column<Row>; sorting: Sorting | null; onSort: () => void }) {
  const isSorted = () => props.sorting?.column === props.column.id
  const direction = () => (!isSorted() ? undefined : props.sorting?.isDescending ? 'descending' : 'ascending')
  return (
    <th scope="col" aria-sort={direction()} classList={{ 'table-number': props.column.isNumeric ?? false }}>
      <Show when={props.column.sortBy} fallback={props.column.header}>
        <button
          type="button"
          class="table-sort"
          title={t('table.sortBy', { column: props.column.header })}
          onClick={() => props.onSort()}
        >
          {props.column.header}
          <Icon name={!isSorted() ? 'sort' : props.sorting?.isDescending ? 'down' : 'up'} />
        </button>
      </Show>
    </th>
  )
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting | null): readonly Row[] {
  const by = columns.find((column) => column.id === sorting?.column)?.sortBy
  if (!by) return rows
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const sign = sorting?.isDescending ? -1 : 1
  return rows
    .map((row) => [by(row), row] as const)
    .sort(([a], [b]) =>
      typeof a === 'number' && typeof b === 'number' ? sign * (a - b) : sign * collator.compare(String(a), String(b)),
    )
    .map(([, row]) => row)
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
