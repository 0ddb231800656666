import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import './long-table.css'
import './table.css'
import { type Column, HeaderCell, type Sorting } from './table-column'

/** Rows drawn beyond what is in sight, so that scrolling and arrow keys always find the next one. */
const spareRows = 12
const guessedRowPx = 44

/**
 * A table of thousands of rows of one height: only those in sight are in the document. Rows are already filtered and sorted. The
 * first column stays in sight; up and down, page and Home and End move from one row's name to another's.
 */
export function LongTable<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  sorting: Sorting | null
  onSort: (sorting: Sorting) => void
}) {
  let frame: HTMLElement | undefined
  let body: HTMLTableSectionElement | undefined
  const [topPx, setTopPx] = createSignal(0)
  const [heightPx, setHeightPx] = createSignal(600)
  const [rowPx, setRowPx] = createSignal(guessedRowPx)
  onMount(() => {
    if (!frame) return
    const observer = new ResizeObserver(([entry]) => {
      setHeightPx(entry?.contentRect.height ?? 600)
      const row = body?.querySelector('tr[aria-rowindex]')
      if (row) setRowPx(row.getBoundingClientRect().height || guessedRowPx)
    })
    observer.observe(frame)
    onCleanup(() => observer.disconnect())
  })
  const first = createMemo(() =>
    Math.max(0, Math.min(Math.floor(topPx() / rowPx()) - spareRows, props.rows.length - 1)),
  )
  const last = createMemo(() => Math.min(props.rows.length, first() + Math.ceil(heightPx() / rowPx()) + 2 * spareRows))
  const shown = createMemo(() => props.rows.slice(first(), last()))
  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, props.rows.length - 1))
    // What is out of sight is drawn first; setting the signal draws at once, the scroll event comes only later.
    if (target < first() || target >= last()) {
      frame?.scrollTo({ top: target * rowPx() })
      setTopPx(target * rowPx())
    }
    const row = body?.querySelector(`tr[aria-rowindex="${target + 2}"]`)
    row?.querySelector<HTMLElement>('th a, th button, th input')?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('tr[aria-rowindex]') : null
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return
    const index = Number(row.getAttribute('aria-rowindex')) - 2
    const page = Math.max(1, Math.floor(heightPx() / rowPx()) - 2)
    const targets: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: props.rows.length - 1,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    focusRow(target)
  }
  return (
    <section
      ref={frame}
      class="table-scroll long-table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={props.caption}
      onScroll={(event) => setTopPx(event.currentTarget.scrollTop)}
    >
      <table class="table" aria-rowcount={props.rows.length + 1} aria-colcount={props.columns.length}>
        <caption class="hidden-text">{props.caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <For each={props.columns}>
              {(column) => (
                <HeaderCell column={column} sorting={props.sorting} onSort={(sorting) => props.onSort(sorting)} />
              )}
            </For>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          <Spacer rows={first()} rowPx={rowPx()} columns={props.columns.length} />
          <For each={shown()}>
            {(row, index) => (
              <tr aria-rowindex={first() + index() + 2}>
                <For each={props.columns}>
                  {(column) => (
                    <Show
                      when={column.isRowHeader}
                      fallback={<td classList={{ 'table-number': column.isNumeric ?? false }}>{column.cell(row)}</td>}
                    >
                      <th scope="row">{column.cell(row)}</th>
                    </Show>
                  )}
                </For>
              </tr>
            )}
          </For>
          <Spacer rows={props.rows.length - last()} rowPx={rowPx()} columns={props.columns.length} />
        </tbody>
      </table>
    </section>
  )
}

/** Stands for rows that are not drawn. Its height is set through the CSSOM, which a strict content policy allows. */
function Spacer(props: { rows: number; rowPx: number; columns: number }): JSX.Element {
  return (
    <Show when={props.rows > 0}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row holds nothing that takes the focus */}
      <tr aria-hidden="true" class="long-table-spacer">
        <td
          colspan={props.columns}
          ref={(cell) => createEffect(() => cell.style.setProperty('block-size', `${props.rows * props.rowPx}px`))}
        />
      </tr>
    </Show>
  )
}
