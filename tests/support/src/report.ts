import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Report<Table extends string> = {
  /**
   * Writes what a run found, as soon as it is found: a row that is there is replaced by its newer form, and the rows come in the order
   * of `names`.
   * @param cells those after the name
   */
  writeRow: (table: Table, names: readonly string[], name: string, cells: readonly string[]) => void
  /** The names that have a result already. */
  listRows: (table: Table) => ReadonlySet<string>
}

/** The tables of a page of docs/ that runs fill: each stands between `<!-- name -->` and `<!-- /name -->`. */
export function createReport<Table extends string>(page: string): Report<Table> {
  const path = join(import.meta.dir, '../../../docs', page)
  const readTable = (table: Table) => {
    const text = readFileSync(path, 'utf8')
    const [begin, end] = [`<!-- ${table} -->\n`, `<!-- /${table} -->`]
    const from = text.indexOf(begin) + begin.length
    const to = text.indexOf(end)
    if (to < from) throw new Error(`docs/${page} has no place for ${table}`)
    const [head = [], _line, ...known] = text.slice(from, to).trim().split('\n').map(toCells)
    return { text, from, to, head, old: new Map(known.map((row) => [row[0] ?? '', row])) }
  }
  return {
    writeRow: (table, names, name, cells) => {
      const { text, from, to, head, old } = readTable(table)
      const rows = new Map(old).set(name, [name, ...cells])
      const ordered = [head, ...names.flatMap((each) => (rows.has(each) ? [rows.get(each) ?? []] : []))]
      const widths = head.map((_, column) => Math.max(...ordered.map((row) => row[column]?.length ?? 0)))
      const [first = '', ...rest] = ordered.map((row) =>
        toLine(widths.map((width, column) => (row[column] ?? '').padEnd(width))),
      )
      const lines = [first, toLine(widths.map((width) => '-'.repeat(width))), ...rest]
      writeFileSync(path, `${text.slice(0, from)}\n${lines.join('\n')}\n\n${text.slice(to)}`)
    },
    listRows: (table) =>
      new Set([...readTable(table).old].flatMap(([name, cells]) => (cells.includes('–') ? [] : [name]))),
  }
}

const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const toCells = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
