import { createMemo } from 'solid-js'
import { createUrlText } from './url-text'

/** A column as far as its choice goes. Columns of one `group` are chosen together. */
export type ChosenColumn = { id: string; header: string; isRowHeader?: boolean; group?: string }

export type ColumnChoice<Column extends ChosenColumn> = {
  /** The columns to be shown, in their order; the one that names the row always is. */
  shown: () => Column[]
  /** What can be chosen: each column alone, and each group once, by its name. */
  names: () => { name: string; header: string; isGroup: boolean; isShown: boolean }[]
  show: (name: string, isShown: boolean) => void
}

/** Which columns of a page's table are shown. What is hidden stands in the address (`hide`), so that it can be sent to a colleague. */
export function createColumnChoice<Column extends ChosenColumn>(
  columns: () => readonly Column[],
): ColumnChoice<Column> {
  const [text, setText] = createUrlText('hide')
  const hidden = () => new Set(text().split(',').filter(Boolean))
  const nameOf = ({ id, group }: ChosenColumn) => group ?? id
  return {
    shown: createMemo(() => columns().filter((column) => column.isRowHeader || !hidden().has(nameOf(column)))),
    names: createMemo(() => {
      const byName = new Map(
        columns().flatMap((column) => (column.isRowHeader ? [] : [[nameOf(column), column] as const])),
      )
      return [...byName].map(([name, { header, group }]) => ({
        ...{ name, header, isGroup: group !== undefined },
        isShown: !hidden().has(name),
      }))
    }),
    show: (name, isShown) => {
      const next = hidden()
      if (isShown) next.delete(name)
      else next.add(name)
      setText([...next].join(','))
    },
  }
}
