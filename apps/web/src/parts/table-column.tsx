import { type JSX, Show } from 'solid-js'
import { t } from '../messages/lists'
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

/** The head of a column; a button where it can be sorted by, which turns the order round the second time. */
export function HeaderCell<Row>(props: {
  column: Column<Row>
  sorting: Sorting | null
  onSort: (sorting: Sorting) => void
}) {
  const isSorted = () => props.sorting?.column === props.column.id
  const isDescending = () => isSorted() && props.sorting?.isDescending === true
  return (
    <th
      scope="col"
      aria-sort={isSorted() ? (isDescending() ? 'descending' : 'ascending') : undefined}
      classList={{ 'table-number': props.column.isNumeric ?? false }}
    >
      <Show when={props.column.sortBy} fallback={props.column.header}>
        <button
          type="button"
          class="table-sort"
          title={t('table.sortBy', { column: props.column.header })}
          onClick={() => props.onSort({ column: props.column.id, isDescending: isSorted() && !isDescending() })}
        >
          {props.column.header}
          <Icon name={!isSorted() ? 'sort' : isDescending() ? 'down' : 'up'} />
        </button>
      </Show>
    </th>
  )
}

/** Sorts by a column's own value: numbers as numbers, texts as people read them. */
export function sortByColumn<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sorting?.column)?.sortBy
  if (!by) return rows
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const sign = sorting?.isDescending ? -1 : 1
  const keyed = rows.map((row) => ({ row, key: by(row) }))
  keyed.sort(({ key: a }, { key: b }) =>
    typeof a === 'number' && typeof b === 'number' ? sign * (a - b) : sign * collator.compare(String(a), String(b)),
  )
  return keyed.map(({ row }) => row)
}
